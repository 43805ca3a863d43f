import { collecting } from '../collectors/define.ts';
import { authorizationDetails, enabledRegions, lastAccessed, organization } from '../collectors/index.ts';
import type { AccountEntry, AuthorizationDetails, EnabledRegions, LastAccessed } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import type { AccountId, Region } from '../domain/ids.ts';
import type { Reading } from '../domain/reading.ts';
import type { Window } from '../domain/window.ts';
import { holdersOf, type IdentityHolder } from '../judge/holders.ts';
import type { AwsReaders, Owner } from '../ports/aws-reader.ts';
import { policiesOf } from './shared-facts.ts';

/** Where principals and their policies are read from, account by account. */
export interface PrincipalSource {
  readonly organization: AwsReaders;
  /** What was read in the management account for everybody: the organisation's trails and stores. */
  readonly shared: AwsReaders;
  /** Accounts to look at where the organisation cannot be listed. */
  readonly accounts: readonly AccountId[];
  readersOf(owner: Owner): Promise<AwsReaders>;
  /** Of a past night: its window. It looked at `accounts`, whatever else the organisation lists. */
  readonly night?: Window;
}

/** The users and roles of one account, with everything that limits them. */
export interface AccountPrincipals {
  readonly account: AccountId;
  readonly name: string | null;
  readonly authorization: AuthorizationDetails;
  readonly holders: readonly IdentityHolder[];
  /** Lists that could not be read: who is in them is not known. */
  readonly unread: readonly Gap[];
}

/** Nothing waits: recorded and simulated answers do not get better by it. */
const noPause = async (): Promise<void> => {};

/** Reads principals account by account; `only` empty means all accounts. Memory is bounded by one account. */
export async function* principalsOf(
  source: PrincipalSource,
  only: readonly string[] = [],
): AsyncGenerator<AccountPrincipals> {
  const facts = await organization.collect(collecting(source.organization, 'organization', noPause));
  const shared = policiesOf(facts);
  const listed = facts.tree.kind === 'known' ? facts.tree.value.accounts : [];
  const entries = new Map<AccountId, AccountEntry>(listed.map((entry) => [entry.account, entry]));
  for (const account of source.accounts.length > 0 ? source.accounts : entries.keys()) {
    if (only.length > 0 && !only.includes(account)) continue;
    const readers = await source.readersOf(account);
    const authorization = await authorizationDetails.collect(collecting(readers, account, noPause));
    const { users, roles } = authorization;
    const entry = entries.get(account);
    yield {
      account,
      name: entry?.name ?? null,
      authorization,
      holders: holdersOf({ authorization }, shared, { account, ou: entry?.ou ?? [] }),
      unread: onceEach([users, roles].flatMap((list) => (list.kind === 'unknown' ? [list.gap] : []))),
    };
  }
}

const onceEach = (gaps: readonly Gap[]): Gap[] => [...new Map(gaps.map((gap) => [JSON.stringify(gap), gap])).values()];

/** What AWS tells of the use of an account's permissions. */
export interface AccountUsage {
  readonly reports: LastAccessed;
  /** Regions that are enabled: some are not tracked. */
  readonly regions: EnabledRegions & { readonly reading: Reading<readonly Region[]> };
}

/** Reads the last-accessed reports of some identities of an account. */
export async function usageIn(
  source: PrincipalSource,
  account: AccountId,
  arns: readonly string[],
): Promise<AccountUsage> {
  const through = collecting(await source.readersOf(account), account, noPause);
  const asks = arns.map((arn) => ({ arn, granularity: 'ACTION_LEVEL' as const }));
  return { reports: await lastAccessed.collect(through, asks), regions: await enabledRegions.collect(through) };
}
