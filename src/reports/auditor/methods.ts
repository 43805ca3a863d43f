import { guardrailWords } from '../guardrail-words.ts';

/** How a figure is counted, in words for somebody who was not there. One entry for each published figure of this version. */
export interface Method {
  readonly title: string;
  readonly question: string;
  readonly population: string;
  readonly counted: string;
  readonly unknown: string;
  readonly limits: string;
}

/** Both figures on permissions rest on these words. */
const held =
  'A permission is held when the policies allow it on some resource, with or without conditions. Nominal: identity and group policies alone. Effective: with the boundary, and every SCP and RCP from the root to the account.';
const permissionLimits =
  'Resource policies, session policies and trust policies are not judged: a permission that only one of them gives, or takes, is not seen. Last accessed counts attempts: a denied call is a use. AWS shows a use up to four hours late. Unused in the window does not mean never needed.';

export const methods: Readonly<Record<string, Method>> = {
  'identity.unused-rate': {
    title: 'Unused identities',
    question: 'Of the IAM users and roles that existed before the window, how many were not used in it?',
    population:
      'IAM users, phantom users, roles and Identity Center roles created before the window. Service-linked roles, break-glass identities and Assay’s own roles are counted apart.',
    counted:
      'An identity is unused when every source that this version reads for its kind was read and none has a last-use date in the window. For a user that is the credential report (last use of the password and of both access keys), the list of service-specific credentials and, for who holds one, an SSH key or an active signing certificate, the service-last-accessed report; for a role it is RoleLastUsed. A last-accessed report that was read adds to these for everybody.',
    unknown:
      'Unread: a needed source was refused, or AWS could not make it. Accounts that could not be listed tonight enter with the population they had when last measured.',
    limits:
      'AWS shows a use up to four hours late, and in some Regions not at all. Unused in the window does not mean never needed.',
  },
  'permission.unused-sensitive-identity-rate': {
    title: 'Identities using none of their sensitive permissions',
    question: 'Of identities holding a sensitive permission, how many used none of those they hold in the window?',
    population:
      'IAM users, phantom users, roles and Identity Center roles, created before the window, that hold at least one permission of the list. Those created inside the window are too-new and stand apart; service-linked roles, break-glass identities and Assay’s own roles are counted apart.',
    counted: `${held} An identity is counted when none of the permissions it holds is used and all are unused; one used permission takes it out of the numerator. The states of a pair are those of the next sheet.`,
    unknown:
      'Unread: none is used and at least one is unread. Untrackable: none is used, none unread, and at least one untrackable. Where an identity or group policy is unread, every permission of the list counts as held and unread for that identity; where a boundary, SCP or RCP is unread, every permission that the others do not deny is unread on effective permissions. Accounts that could not be listed tonight enter with the population they had when last measured.',
    limits: permissionLimits,
  },
  'permission.unused-sensitive-pair-rate': {
    title: 'Unused pairs of identity and sensitive permission',
    question: 'Of all pairs of an identity and a sensitive permission it holds, how many were not used in the window?',
    population:
      'One pair for each identity of the population above and each permission of the list that it holds. By class a permission counts in each of its classes, so classes do not add up.',
    counted: `${held} A pair of an identity that is unused is unused. Otherwise the last-accessed report decides: an action that AWS tracks is used or unused by its own date; for any other, a service without a use in the window makes it unused.`,
    unknown:
      'Untrackable: the service was used in the window, and AWS keeps no date of this action or leaves the service out of the report. iam:PassRole is never tracked at action level. Unread: the last-accessed report, or a policy that decides whether the permission is held, was not read; where an identity or group policy is unread, every permission of the list is a pair that is unread.',
    limits: permissionLimits,
  },
  'credential.ai-key-user-rate': {
    title: 'Users with AI keys',
    question: 'Of the IAM users, how many hold a live long-term key to Bedrock or Claude Platform?',
    population: 'All IAM users, those created inside the window included.',
    counted:
      'A user with at least one service-specific credential of bedrock.amazonaws.com or aws-external-anthropic.amazonaws.com that is active and not past its expiry.',
    unknown: 'Unread: the listing of the user’s service-specific credentials was refused.',
    limits: 'Short-term keys leave no inventory and are not seen. A live key says nothing of what its user may do.',
  },
  'credential.ai-key-maker-rate': {
    title: 'Identities that can make AI keys',
    question: 'Of the IAM users and roles, how many can make a long-term key to Bedrock or Claude Platform?',
    population:
      'IAM users, phantom users, roles and Identity Center roles, those created inside the window included. Service-linked roles, break-glass identities and Assay’s own roles are left out.',
    counted:
      'An identity whose policies, after boundary, SCPs and RCPs, let it call iam:CreateServiceSpecificCredential for the service of Claude Platform or Bedrock on some user, with or without further conditions.',
    unknown:
      'Unread: an identity or group policy was not read, or the readable ones let it through and a boundary, SCP or RCP was not read.',
    limits:
      'iam:ResetServiceSpecificCredential, which makes a new secret for a key that exists, and rights that an identity could give itself first, are not counted here.',
  },
  'credential.ai-key-caller-rate': {
    title: 'Identities that can call with AI keys',
    question: 'Of the IAM users and roles, how many can call an AI service with an API key of their own?',
    population: 'As for the figure above.',
    counted:
      'An identity whose policies, after boundary, SCPs and RCPs, let it call CallWithBearerToken of aws-external-anthropic, bedrock or bedrock-mantle: a user with a long-term key, a role with a short-term one, for it can have no other.',
    unknown: 'Unread: as for the figure above.',
    limits:
      'It does not say that a key exists, nor what a call may do: that needs the permission for what is called as well. Short-term keys of users are not counted.',
  },
  'credential.stale-user-rate': {
    title: 'Users with stale credentials',
    question: 'Of the IAM users who hold a credential, how many hold one that nobody used in the window?',
    population:
      'IAM users with a console password, an active access key or a live service-specific credential, those created inside the window included.',
    counted:
      'A password or access key is stale when its last use, or where it was never used its creation, lies before the window. A service-specific credential is stale when it was made before the window and the user’s last-accessed report shows no access to its service in it. One stale credential is enough.',
    unknown:
      'Unread: the credential report, the listing of service-specific credentials or a last-accessed report that the user needs was refused. Untrackable: the service was used, but the user holds other credentials too, and AWS does not tell which of them it was.',
    limits:
      'SSH keys and signing certificates are not counted. AWS counts attempts: a denied call is a use. A password that was set anew and never used since is as old as its last use.',
  },
  'agent.confused-deputy-rate': {
    title: 'Agent roles that serve outsiders',
    question:
      'Of the roles that AI services may act as, how many let a service act on behalf of others outside the organisation?',
    population:
      'Roles of the counted kinds whose trust policy names an AI service (a versioned list), or accepts web identity tokens for one. Service-linked roles are AWS’s own and left out.',
    counted:
      'For each service that the trust policy names, requests to assume the role on behalf of another account are decided by the trust policy and the RCPs on the account’s path: aws:SourceAccount, aws:SourceArn, aws:SourceOrgID and aws:SourceOrgPaths as the service would send them, every other key free. Counted: one for any account, or for accounts outside the organisation that a policy names, is allowed. A web identity token: counted where whatever subject is accepted.',
    unknown:
      'Unread: a trust policy that IAM would refuse, or a condition on an organisation that was not read. Accounts whose roles could not be listed tonight enter with the population they had when last measured.',
    limits:
      'Whether the service sends the source of a request is AWS’s to say: a request that names no source is judged apart and shown beside the role. That a request would be allowed does not say that one was made.',
  },
  'agent.takeover-rate': {
    title: 'Changing agents of others',
    question: 'Of the identities that can change what AI agents do, how many can do so to agents they do not own?',
    population:
      'Identities of the counted kinds that hold a permission of class agent takeover on effective permissions, those created inside the window included.',
    counted: `${held} Agents of Bedrock and AgentCore are owned by whoever may pass one of the account’s agent roles (iam:PassRole; any role, where the account has none); those of Claude Platform by whoever may change a workspace. Counted: an action of the class remains on agents that are not owned.`,
    unknown:
      'Unread: a policy without which it is not known what the identity holds. What could not be read makes nobody an owner.',
    limits: permissionLimits,
  },
  'logging.management-coverage': {
    title: 'Management events logged',
    question: 'In how many account-Region cells are management events logged in full?',
    population:
      'One cell for each account and enabled Region. Where account.ListRegions was not answered, the Regions enabled by default are assumed and marked.',
    counted:
      'A cell is covered when a trail or event data store that is logging now applies to it and selects the class with no narrowing field. Narrowed, or only reads or only writes: partly covered, counted as not covered.',
    unknown: 'Unread: a list, a status or the selectors that decide the cell were refused.',
    limits: 'That events are selected, not that they were delivered or that anybody reads them.',
  },
  'logging.ai-data-event-coverage': {
    title: 'AI data events logged',
    question: 'In how many account-Region-class cells are the data events of AI services logged in full?',
    population:
      'One cell for each account, enabled Region and core AI event class (a versioned list of 14). Other AI classes are shown where something selects them, not counted.',
    counted: 'As for management events, by the data resource type of the class.',
    unknown: 'Unread: a list, a status or the selectors that decide the cell were refused.',
    limits:
      'A cell counts whether or not the service is used there. Prompts and answers are model invocation logs, another record that is not looked at.',
  },
  'logging.ai-monitored-rate': {
    title: 'AI events that somebody is told of',
    question: 'Of the AI event classes that an account records, of how many would somebody be told?',
    population:
      'One row for each account and AI event class (management events of the AI services, AI data events) that a trail or an event data store records in some Region. Classes that nothing records are apart.',
    counted:
      'Monitored: in every Region where the class is recorded, an alarm with an enabled action that tells people watches a metric of a metric filter, or an EventBridge rule, of the default bus or of a bus of the account that it sends to, has a target that does (a topic, incident response plan, chat or notification configuration), and the pattern matches everyday records of the class, made by nobody in particular and without an error.',
    unknown:
      'Unread: a list of filters, subscription policies, alarms, rules or targets was refused, or a pattern is outside the subset that is judged, and nothing better than storing was shown.',
    limits:
      'That somebody is told, not that anybody reads it. What a function or a stream does with the events it gets is not looked at.',
  },
  'completeness.accounts': {
    title: 'Accounts measured in full',
    question: 'Of the accounts that are not suspended, how many were fully measured?',
    population: 'All accounts of the plan without suspended, pending and closed ones.',
    counted:
      'An account is measured in full when every call that a headline figure needs was answered, with policies that can be made out.',
    unknown: 'None: an account that was not measured counts as not measured.',
    limits: 'It weighs a small account like a large one.',
  },
  'completeness.identities': {
    title: 'Identities with known use',
    question: 'Of all identities of the counted kinds, of how many do we know whether they were used?',
    population: 'All identities of the four counted kinds, those created inside the window included.',
    counted: 'An identity whose activity is used or unused.',
    unknown: 'Unread: populations that could not be listed tonight.',
    limits: 'It says nothing of accounts that nobody ever measured; those are named.',
  },
};

/** The words of a figure. Those of the guardrails differ in what must hold alone. */
export function methodOf(id: string, unit: string): Method {
  const [, guardrail] = /^guardrail\.coverage:(.+)$/.exec(id) ?? [];
  return methods[id] ?? (guardrail === undefined ? plainMethod(id, unit) : guardrailMethod(guardrail));
}

function guardrailMethod(id: string): Method {
  const { short = id, title = id } = guardrailWords[id] ?? {};
  return {
    title: `Guardrail: ${short}`,
    question: `Of the accounts where it applies, in how many holds: ${title}?`,
    population:
      'All accounts of the plan but the management account, which no SCP binds. An account that could not be entered has a grade as well: it comes from the policies on its path.',
    counted:
      'Enforced: every request of the guardrail’s set is denied to everybody, proven over all principals and contexts from the SCPs and RCPs on every level of the path. An account with exceptions does not count.',
    unknown: 'Unread: a policy on the path was not read, and the others do not already enforce it.',
    limits:
      'Whether anybody holds the permission at all. Policies of resources and of VPC endpoints take no part. Table results/guardrails holds the grade, what stops it, whom it exempts and a request that gets through.',
  };
}

/** A figure this page has no words for yet: shown all the same, with its own unit. */
const plainMethod = (id: string, unit: string): Method => ({
  title: id,
  question: `Figure ${id}, counted in ${unit}.`,
  population: 'See the page of this metric in the documentation.',
  counted: 'See the page of this metric in the documentation.',
  unknown: 'See the page of this metric in the documentation.',
  limits: 'See the page of this metric in the documentation.',
});
