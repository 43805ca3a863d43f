import { collecting } from '../collectors/define.ts';
import {
  authorizationDetails,
  credentialReport,
  lastAccessed,
  organization,
  serviceSpecificCredentials,
} from '../collectors/index.ts';
import type { OrganizationFacts, PolicyChains, PrincipalFacts } from '../domain/facts.ts';
import { isServiceLinked } from '../domain/identity.ts';
import type { AccountId } from '../domain/ids.ts';
import type { PlannedAccount } from '../domain/night.ts';
import { partitionOfAccount } from '../domain/partition.ts';
import { usersOf } from '../judge/identities.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';
import { withoutGone } from './gone.ts';
import { isClosed, isWithoutOrganization } from './plan.ts';
import type { PrincipalSource } from './principals.ts';
import { policiesOf } from './shared-facts.ts';

/** Whose recorded answers those facts come from. */
export const principalCollectors = [
  organization,
  authorizationDetails,
  credentialReport,
  serviceSpecificCredentials,
  lastAccessed,
] as const;

export type PlacedAccount = Pick<PlannedAccount, 'account' | 'name' | 'ou'>;

/** An organisation as its policies see it: where each account stands, and what is attached there. */
export interface FencedOrganization {
  readonly facts: OrganizationFacts;
  readonly shared: PolicyChains;
  /** Whether nothing of an organisation was read, or AWS says that there is none. */
  readonly alone: boolean;
  /** In the order of the organisation; closed accounts left out. */
  readonly accounts: readonly PlacedAccount[];
  /** Accounts of the organisation that were not asked about. */
  readonly others: readonly PlacedAccount[];
  /** SCPs that are attached to the root (`root`), an OU or an account now. */
  attachedTo(target: string): number;
  /** Reads one account's principals; memory is bounded by it. */
  principalsIn(account: AccountId): Promise<PrincipalFacts>;
}

/** Nothing waits: recorded and simulated answers do not get better by it. */
const noPause = async (): Promise<void> => {};

/** Reads the organisation of a source. `only` empty = all its accounts. */
export async function fencedOrganization(
  source: PrincipalSource,
  only: readonly string[] = [],
): Promise<FencedOrganization> {
  const facts = await organization.collect(collecting(source.organization, 'organization', noPause));
  const listed = facts.tree.kind === 'known' ? facts.tree.value.accounts : [];
  const looked = new Set<AccountId>(source.accounts);
  const standing = listed.filter((entry) => !isClosed(entry)).map(({ account, name, ou }) => ({ account, name, ou }));
  const all = listed.length > 0 ? standing : source.accounts.map((account) => ({ account, name: null, ou: [] }));
  const isAsked = ({ account }: PlacedAccount): boolean =>
    (source.night === undefined || looked.has(account)) && (only.length === 0 || only.includes(account));
  const accounts = onceEach(all.filter(isAsked));
  const policies = policiesOf(facts);
  const shared = { ...policies, partition: policies.partition ?? (await partitionAmong(accounts, source)) };
  return {
    facts,
    shared,
    alone: isWithoutOrganization(facts),
    accounts,
    others: onceEach(all.filter((it) => !isAsked(it))),
    attachedTo: (target) => attachedIn(shared, target),
    principalsIn: async (account) => principalFacts(await source.readersOf(account), account),
  };
}

/** Where the organisation does not tell, what the first account says whose users and roles were read. */
async function partitionAmong(
  accounts: readonly PlacedAccount[],
  source: PrincipalSource,
): Promise<string | undefined> {
  for (const { account } of accounts) {
    const through = collecting(await source.readersOf(account), account, noPause);
    const partition = partitionOfAccount({ authorization: await authorizationDetails.collect(through) });
    if (partition !== undefined) return partition;
  }
  return undefined;
}

/** An account that moved while the tree was read can be listed twice. */
const onceEach = (accounts: readonly PlacedAccount[]): PlacedAccount[] => [
  ...new Map(accounts.map((it) => [it.account, it])).values(),
];

/** Where the list was not read, FullAWSAccess is taken to be there and nothing else. */
function attachedIn({ roots, scps }: PolicyChains, target: string): number {
  if (scps.kind === 'unknown') return 1;
  const id = target === 'root' && roots.kind === 'known' ? roots.value[0] : target;
  return scps.value.filter(({ targets }) => targets.kind === 'known' && targets.value.some((it) => it === id)).length;
}

/** Reads the principals of one account as a night does, and nothing else of it. */
async function principalFacts(readers: AwsReaders, account: AccountId): Promise<PrincipalFacts> {
  const through = collecting(readers, account, noPause);
  const authorization = await authorizationDetails.collect(through);
  const report = await credentialReport.collect(through);
  const serviceCredentials = await serviceSpecificCredentials.collect(through, { authorization, report });
  const { roles } = authorization;
  const own = roles.kind === 'known' ? roles.value.filter(({ path }) => !isServiceLinked(path)) : [];
  const arns = new Set([...usersOf({ authorization, credentialReport: report }), ...own].map(({ arn }) => arn));
  const asks = [...arns].map((arn) => ({ arn, granularity: 'ACTION_LEVEL' as const }));
  const reports = await lastAccessed.collect(through, asks);
  const read = { authorization, credentialReport: report, serviceCredentials, lastAccessed: reports };
  return { account, ...withoutGone(read) };
}
