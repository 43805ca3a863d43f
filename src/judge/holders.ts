import type {
  AccountFacts,
  AuthorizationDetails,
  NamedPolicy,
  PolicyChains,
  PolicyDocument,
  RoleFact,
  ScpFact,
  UserFact,
} from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import { isServiceLinked } from '../domain/identity.ts';
import type { PlannedAccount } from '../domain/night.ts';
import { itemsOf, type Reading } from '../domain/reading.ts';
import type { Holder } from '../iam/holder.ts';
import { Knowledge, variablesIn } from '../iam/knowledge.ts';
import { PolicyError, parsePolicy } from '../iam/parse.ts';
import type { Policy, PolicyKind } from '../iam/policy.ts';
import { callerOf } from '../iam/principal.ts';

/** A user or role as the policy engine sees it, and why that view may be incomplete. */
export interface IdentityHolder {
  readonly arn: string;
  /** Identity and group policies alone. */
  readonly nominal: Holder;
  /** With boundary, SCPs and RCPs, as far as they could be read. */
  readonly effective: Holder;
  /** An identity policy that could not be read: it could allow anything, or deny it. */
  readonly nominalUnread: Gap | null;
  /** A boundary, SCP or RCP that could not be read: what the others let through may still be stopped. */
  readonly limitsUnread: Gap | null;
  /** Whether what its own policies allow depends on an organisation that could not be read: then a condition may never hold. */
  readonly hangsOnOrganization: boolean;
  /** Of what could not be read, all that no collector has named. */
  readonly doubts: readonly Doubt[];
}

/** Why a policy is not known, and the call whose answer left it open; null where whoever made the call names it. */
export interface Doubt {
  readonly gap: Gap;
  readonly operation: string | null;
}

/** Every user and role of an account whose policies were listed; not the roles of AWS's own services, which no SCP binds. */
export function holdersOf(
  facts: Pick<AccountFacts, 'authorization'>,
  shared: PolicyChains,
  planned: Pick<PlannedAccount, 'account' | 'ou'>,
): IdentityHolder[] {
  const { users, roles } = facts.authorization;
  const library = libraryOf(facts.authorization);
  const limits = limitsOf(shared, planned);
  const known = [...itemsOf(users), ...itemsOf(roles).filter(({ path }) => !isServiceLinked(path))];
  return known.map((identity) => holderOf(identity, library, limits, shared));
}

/** Parsed policies, and why others could not be read. */
interface Policies {
  readonly policies: readonly Policy[];
  readonly doubts: readonly Doubt[];
}

const together = (parts: readonly Policies[]): Policies => ({
  policies: parts.flatMap(({ policies }) => policies),
  doubts: parts.flatMap(({ doubts }) => doubts),
});

const firstGap = (doubts: readonly Doubt[]): Gap | null => doubts[0]?.gap ?? null;

function holderOf(
  identity: UserFact | RoleFact,
  library: Library,
  limits: Limits,
  shared: PolicyChains,
): IdentityHolder {
  const { arn } = identity;
  const own = together([
    ...identity.inline.map((policy) => library.inline(policy, arn)),
    ...identity.attached.map((policy) => library.managed(policy)),
    ...('groups' in identity ? identity.groups.map((group) => library.group(group)) : []),
  ]);
  const boundary = identity.boundary === null ? null : library.managed(identity.boundary);
  const limiting = [...(boundary?.doubts ?? []), ...limits.doubts];
  const caller = callerOf(arn);
  const knowledge = knowledgeOf(identity, caller.account, shared);
  const nominal: Holder = { caller, knowledge, identity: own.policies, boundary: null, scps: [], rcps: [] };
  return {
    arn,
    nominal,
    effective: {
      ...nominal,
      boundary: boundary?.doubts.length === 0 ? boundary.policies : null,
      scps: limits.scps,
      rcps: limits.rcps,
    },
    nominalUnread: firstGap(own.doubts),
    limitsUnread: firstGap(limiting),
    hangsOnOrganization: shared.organization.kind === 'unknown' && own.policies.some(asksForOrganization),
    doubts: [...own.doubts, ...limiting].filter(({ operation }) => operation !== null),
  };
}

/** The beginning of the keys that requests carry only where the principal is in an organisation. */
const ofOrganization = 'aws:principalorg';

const asksForOrganization = ({ statements }: Policy): boolean =>
  statements.some(({ conditions, resources }) =>
    [
      ...conditions.flatMap(({ key, values }) => [key, ...values.flatMap(variablesIn)]),
      ...(resources ?? []).flatMap(variablesIn),
    ].some((key) => key.startsWith(ofOrganization)),
  );

/** What every request of an identity carries (design §4). */
function knowledgeOf(identity: UserFact | RoleFact, account: string, { organization }: PolicyChains): Knowledge {
  const isUser = 'groups' in identity;
  const tags = Object.entries(identity.tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value]);
  return new Knowledge(
    {
      'aws:PrincipalArn': identity.arn,
      'aws:PrincipalAccount': account,
      'aws:PrincipalType': isUser ? 'User' : 'AssumedRole',
      ...(organization.kind === 'known' && organization.value !== null
        ? { 'aws:PrincipalOrgID': organization.value }
        : {}),
      ...Object.fromEntries(tags),
    },
    [
      ...(isUser ? ['aws:principaltag/'] : []), // a session of a role can bring tags of its own
      ...(organization.kind === 'known' && organization.value === null ? [ofOrganization] : []),
    ],
  );
}

/** Parses each document of an account once. */
interface Library {
  inline(policy: NamedPolicy, owner: string): Policies;
  managed(arn: string): Policies;
  group(name: string): Policies;
}

function libraryOf({ policies, groups }: AuthorizationDetails): Library {
  const kept = new Map<string, Policies>();
  const documents = new Map(
    policies.kind === 'known' ? policies.value.map(({ arn, document }) => [arn, document]) : [],
  );
  const byName = new Map(groups.kind === 'known' ? groups.value.map((group) => [group.name, group]) : []);
  const managed = (arn: string): Policies => {
    const document = documents.get(arn);
    const parsed =
      kept.get(arn) ??
      (document === undefined
        ? { policies: [], doubts: [policies.kind === 'unknown' ? named(policies.gap) : absent(`policy ${arn}`)] }
        : parsedOf(document, { kind: 'identity', name: arn, operation }));
    kept.set(arn, parsed);
    return parsed;
  };
  const inline = ({ name, document }: NamedPolicy, owner: string): Policies =>
    parsedOf(document, { kind: 'identity', name, owner, operation });
  return {
    managed,
    inline,
    group(name) {
      const key = `group ${name}`;
      const group = byName.get(name);
      const parsed =
        kept.get(key) ??
        (group === undefined
          ? { policies: [], doubts: [groups.kind === 'unknown' ? named(groups.gap) : absent(`group ${name}`)] }
          : together([...group.inline.map((it) => inline(it, group.arn)), ...group.attached.map(managed)]));
      kept.set(key, parsed);
      return parsed;
    },
  };
}

const operation = 'iam:GetAccountAuthorizationDetails';

/** Somebody's list names it, and the list it should be in does not hold it. */
const absent = (what: string): Doubt => ({
  gap: { code: 'NOT_IN_SNAPSHOT', operation: `${operation} ${what}` },
  operation,
});

/** A reading that is unknown: whoever read it names the gap. */
const named = (gap: Gap): Doubt => ({ gap, operation: null });

interface Told {
  readonly kind: PolicyKind;
  readonly name: string;
  readonly owner?: string;
  readonly operation: string | null;
}

function parsedOf(document: Reading<PolicyDocument>, told: Told): Policies {
  if (document.kind === 'unknown') return { policies: [], doubts: [named(document.gap)] };
  const { kind, name, owner } = told;
  try {
    return { policies: [parsePolicy(document.value, kind, name)], doubts: [] };
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const file = owner === undefined ? name : `${name} of ${owner}`;
    const gap: Gap = { code: 'UNPARSABLE', file, place: error.place, problem: error.problem };
    return { policies: [], doubts: [{ gap, operation: told.operation }] };
  }
}

/** What the organisation puts on every principal and resource of an account. */
interface Limits {
  readonly scps: Holder['scps'];
  readonly rcps: Holder['rcps'];
  readonly doubts: readonly Doubt[];
}

type Place = Pick<PlannedAccount, 'account' | 'ou'>;

export function limitsOf({ managementAccount, roots, scps, rcps }: PolicyChains, { account, ou }: Place): Limits {
  if (managementAccount.kind === 'unknown') return { scps: [], rcps: [], doubts: [named(managementAccount.gap)] };
  if (isUnlimited(managementAccount.value, account)) return { scps: [], rcps: [], doubts: [] };
  if (roots.kind === 'unknown') return { scps: [], rcps: [], doubts: [named(roots.gap)] };
  const path = pathOf(roots.value, { account, ou });
  const [services, resources] = [chainOf(scps, path, 'scp'), chainOf(rcps, path, 'rcp')];
  return { scps: services.levels, rcps: resources.levels, doubts: [...services.doubts, ...resources.doubts] };
}

/** Neither in no organisation nor in its management account do policies of an organisation limit anybody. */
const isUnlimited = (managementAccount: string | null, account: string): boolean =>
  managementAccount === null || managementAccount === account;

/** From the root down to the account. */
const pathOf = (roots: readonly string[], { account, ou }: Place): string[] => [...roots.slice(0, 1), ...ou, account];

/** The answers about the organisation without which it is not known what limits an account. */
export function limitReadings(
  { managementAccount, roots, scps, rcps }: PolicyChains,
  place: Place,
): Reading<unknown>[] {
  if (managementAccount.kind === 'unknown' || isUnlimited(managementAccount.value, place.account))
    return [managementAccount];
  const path = roots.kind === 'known' ? pathOf(roots.value, place) : [];
  const policies = [scps, rcps].flatMap(itemsOf);
  const attached = policies.filter(
    ({ targets }) => targets.kind === 'known' && targets.value.some((target) => path.includes(target)),
  );
  return [roots, scps, rcps, ...policies.map(({ targets }) => targets), ...attached.map(({ document }) => document)];
}

/** Policies of the organisation that IAM would refuse: no collector knows their grammar. */
export const unparsablePolicies = ({ scps, rcps }: Pick<PolicyChains, 'scps' | 'rcps'>): Gap[] =>
  [...parsedAs(scps, 'scp'), ...parsedAs(rcps, 'rcp')]
    .flatMap(({ parsed }) => parsed.doubts)
    .flatMap(({ gap }) => (gap.code === 'UNPARSABLE' ? [gap] : []));

/**
 * The policies of one type by level, from the root to the account. AWS keeps at least one attached to each level once the type is
 * enabled, so a chain without any means that it is not; a level without one, among others, was not read.
 */
function chainOf(
  policies: Reading<readonly ScpFact[]>,
  path: readonly string[],
  kind: 'scp' | 'rcp',
): { readonly levels: Policy[][]; readonly doubts: readonly Doubt[] } {
  if (policies.kind === 'unknown') return { levels: [], doubts: [named(policies.gap)] };
  const untold = policies.value.flatMap(({ targets }) => (targets.kind === 'unknown' ? [named(targets.gap)] : []));
  const parsed = parsedAs(policies, kind);
  const levels = path.map((target) => {
    const attached = parsed.filter(({ targets }) => targets.kind === 'known' && targets.value.includes(target));
    return { target, count: attached.length, ...together(attached.map((it) => it.parsed)) };
  });
  const enabled = levels.some(({ count }) => count > 0);
  const bare = enabled && kind === 'scp' && untold.length === 0 ? levels.filter(({ count }) => count === 0) : [];
  return {
    // What was not read may allow anything: of such a level only the denials hold, and what gets through counts as unread.
    levels: levels
      .filter(({ count }) => count > 0)
      .map((level) => [...level.policies, ...(untold.length + level.doubts.length > 0 ? [anything] : [])]),
    doubts: [...untold, ...levels.flatMap(({ doubts }) => doubts), ...bare.map(({ target }) => bareLevel(target))],
  };
}

interface ParsedPolicy extends Pick<ScpFact, 'targets'> {
  readonly parsed: Policies;
}

function parsedAs(policies: Reading<readonly ScpFact[]>, kind: 'scp' | 'rcp'): ParsedPolicy[] {
  if (policies.kind === 'unknown') return [];
  return policies.value.map(({ id, name, targets, document }) => ({
    targets,
    parsed: parsedOf(document, { kind, name, owner: id, operation: null }),
  }));
}

const anything: Policy = parsePolicy(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  'identity',
  'what was not read',
);

const bareLevel = (target: string): Doubt => ({
  gap: { code: 'NOT_IN_SNAPSHOT', operation: `organizations:ListTargetsForPolicy of ${target}` },
  operation: 'organizations:ListTargetsForPolicy',
});
