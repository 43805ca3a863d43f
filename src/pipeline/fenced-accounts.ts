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
import { usersOf } from '../judge/identities.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';
import { policiesOf } from './discover-organization.ts';
import { withoutGone } from './gone.ts';
import { isClosed, isWithoutOrganization } from './plan.ts';
import type { PrincipalSource } from './principals.ts';

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
  const placed = new Map<AccountId, PlacedAccount>(
    listed
      .filter((entry) => !isClosed(entry) && (source.night === undefined || looked.has(entry.account)))
      .map(({ account, name, ou }) => [account, { account, name, ou }]),
  );
  if (listed.length === 0) for (const account of looked) placed.set(account, { account, name: null, ou: [] });
  return {
    facts,
    shared: policiesOf(facts),
    alone: isWithoutOrganization(facts),
    accounts: [...placed.values()].filter(({ account }) => only.length === 0 || only.includes(account)),
    principalsIn: async (account) => principalFacts(await source.readersOf(account), account),
  };
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
