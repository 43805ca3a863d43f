import { type Collecting, collecting } from '../collectors/define.ts';
import {
  accountAccess,
  authorizationDetails,
  credentialReport,
  enabledRegions,
  eventDataStores,
  serviceSpecificCredentials,
  trails,
} from '../collectors/index.ts';
import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import type { PlannedAccount } from '../domain/night.ts';
import type { Reading } from '../domain/reading.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';

/** Hands each collector its own readers: recording ones tape per collector, replaying ones need no difference. */
export type ReadersOf = (collector: string) => AwsReaders;

/**
 * Reads one account, collector by collector. Collecting and judging both run exactly this, over recording and over replaying
 * readers, which is why a transcript re-performs a night.
 */
export async function accountFacts(
  readersOf: ReadersOf,
  planned: PlannedAccount,
  session: string,
  shared: SharedFacts,
  pause: Collecting['pause'],
): Promise<AccountFacts> {
  const { account, role } = planned;
  const through = (collector: { readonly id: string }): Collecting =>
    collecting(readersOf(collector.id), account, pause);
  const access = await accountAccess.collect(through(accountAccess), { role, session });
  if (access.kind === 'unknown') return nothingOf(planned, access);
  const regions = await enabledRegions.collect(through(enabledRegions));
  const authorization = await authorizationDetails.collect(through(authorizationDetails));
  const report = await credentialReport.collect(through(credentialReport));
  const credentials = await serviceSpecificCredentials.collect(through(serviceSpecificCredentials), {
    authorization,
    report,
  });
  const readElsewhere = new Set(shared.trails.map(({ arn }) => arn));
  return {
    account,
    access,
    regions,
    authorization,
    credentialReport: report,
    serviceCredentials: credentials,
    logging: {
      trails: await trails.collect(through(trails), { regions: regions.regions, readElsewhere }),
      stores: await eventDataStores.collect(through(eventDataStores), { regions: regions.regions }),
    },
  };
}

/** An account that could not be entered: every fact is unknown for the one reason. */
function nothingOf({ account }: PlannedAccount, why: Extract<Reading<never>, { kind: 'unknown' }>): AccountFacts {
  return {
    account,
    access: why,
    regions: { regions: [], assumed: false, reading: why },
    authorization: { users: why, groups: why, roles: why, policies: why },
    credentialReport: why,
    serviceCredentials: { byService: { all: why }, byUser: {} },
    logging: { trails: {}, stores: {} },
  };
}

/** The name of the assumed-role session carries the run id, so that CloudTrail shows which night asked. */
export const sessionName = (run: string): string => `assay-${run}`;
