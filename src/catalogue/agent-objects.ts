import { sensitivePermissions } from './sensitive/index.ts';

/** What of an agent a permission of class *agent takeover* changes, told by the name of the action; the first that fits. */
const objects: readonly (readonly [object: string, names: RegExp])[] = [
  ['skills', /Skill/],
  ['prompts', /Prompt/],
  ['memory', /Memory|:CreateEvent$/],
  ['vaults and credentials', /Vault|CredentialProvider|WorkloadIdentity/],
  ['sessions', /:(Create|Update)Session$|ForUser/],
  [
    'environments and code',
    /Environment|CodeInterpreter|RuntimeCommand|:UpdateAgentRuntime$|BrowserAutomation|BrowserLive/,
  ],
  ['tools', /Gateway|RegistryRecord|ActionGroup/],
  ['knowledge', /KnowledgeBase|DataSource/],
  ['models', /Model/],
  ['agents', /Agent|Flow|Harness|ConfigurationBundle/],
];

/** Actions of class *agent takeover*, sorted by name. */
export const takeoverActions: readonly string[] = sensitivePermissions
  .filter(({ classes }) => classes.includes('agent-takeover'))
  .map(({ action }) => action);

/** What of an agent an action of the class changes; null where nobody has said. */
export const agentObjectOf = (action: string): string | null =>
  objects.find(([, names]) => names.test(action))?.[0] ?? null;

/** What of agents some actions change, in the order of the table. */
export const agentObjectsOf = (actions: readonly string[]): string[] => {
  const found = new Set(actions.map(agentObjectOf));
  return objects.map(([object]) => object).filter((object) => found.has(object));
};
