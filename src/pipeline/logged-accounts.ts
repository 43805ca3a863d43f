import { collecting } from '../collectors/define.ts';
import { enabledRegions, eventDataStores, modelInvocationLogging, organization, trails } from '../collectors/index.ts';
import type { SharedFacts } from '../domain/facts.ts';
import type { AccountId } from '../domain/ids.ts';
import type { LoggingParts } from '../judge/logging.ts';
import { fencedOrganization, type PlacedAccount } from './fenced-accounts.ts';
import type { PrincipalSource } from './principals.ts';
import { sharedFacts } from './shared-facts.ts';

/** Whose recorded answers these facts come from; Discover tapes those for everybody apart. */
export const loggingCollectors: readonly { readonly id: string }[] = [
  organization,
  ...[enabledRegions, trails, eventDataStores].flatMap(({ id }) => [{ id }, { id: `shared-${id}` }]),
  modelInvocationLogging,
];

/** An organisation as its logging sees it. */
export interface LoggedOrganization {
  readonly shared: SharedFacts;
  readonly accounts: readonly PlacedAccount[];
  /** Reads what records one account. */
  loggingIn(account: AccountId): Promise<LoggingParts>;
}

/** Nothing waits: recorded and simulated answers do not get better by it. */
const noPause = async (): Promise<void> => {};

/** Reads what records events in a source. `only` empty = all its accounts. */
export async function loggedOrganization(
  source: PrincipalSource,
  only: readonly string[] = [],
): Promise<LoggedOrganization> {
  const { facts, accounts } = await fencedOrganization(source, only);
  const management = facts.id.kind === 'known' ? facts.id.value.managementAccount : null;
  const { shared } = await sharedFacts(
    facts,
    management === null ? null : () => collecting(source.shared, management, noPause),
  );
  const readElsewhere = new Set(shared.trails.map(({ arn }) => arn));
  return {
    shared,
    accounts,
    loggingIn: async (account) => {
      const through = collecting(await source.readersOf(account), account, noPause);
      const regions = await enabledRegions.collect(through);
      return {
        account,
        regions,
        logging: {
          trails: await trails.collect(through, { regions: regions.regions, readElsewhere }),
          stores: await eventDataStores.collect(through, { regions: regions.regions }),
        },
        invocationLogging: await modelInvocationLogging.collect(through, { regions: regions.regions }),
      };
    },
  };
}
