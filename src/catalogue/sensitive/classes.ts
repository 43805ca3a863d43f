/** The classes of sensitive permissions, and what a permission of each lets its holder do. */
export const sensitiveClasses = [
  {
    id: 'credential-exposure',
    title: 'Credential exposure',
    meaning: 'Hands out a key, password, token or session that works as somebody or something else.',
  },
  {
    id: 'data-access',
    title: 'Data access',
    meaning: 'Reads the content of stores, queues, secrets, mail or code, not just their names.',
  },
  {
    id: 'privilege-escalation',
    title: 'Privilege escalation',
    meaning: 'Gives its holder, or an identity it can act as, more rights than it was given.',
  },
  {
    id: 'resource-exposure',
    title: 'Resource exposure',
    meaning: 'Changes who may reach a resource, also from other accounts or the internet.',
  },
  {
    id: 'logging-guardrail-weakening',
    title: 'Weakening of logging and guardrails',
    meaning: 'Switches off, narrows or redirects what records misuse or prevents it.',
  },
  {
    id: 'agent-takeover',
    title: 'Agent takeover',
    meaning: 'Changes what an AI agent is told, knows or runs, or steers it while it acts with its own rights.',
  },
  {
    id: 'ai-entry',
    title: 'Entry to AI services',
    meaning: 'Opens a way into an AI service: a token, a console, a key, a federation.',
  },
  {
    id: 'ai-cost-abuse',
    title: 'AI cost abuse',
    meaning: 'Runs or buys models, or lets agents spend money, at the expense of the account.',
  },
] as const;

export type SensitiveClass = (typeof sensitiveClasses)[number]['id'];

/** The permissions of one class: what an attacker gets → the actions that give it, apart by white space. */
export type Grounds = Readonly<Record<string, string>>;
