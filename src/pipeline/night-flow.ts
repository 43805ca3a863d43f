import { isCounted } from '../domain/identity.ts';
import type { Night } from '../domain/night.ts';
import type { AccountRow, FindingRow, IdentityRow, TableName, TableRow } from '../domain/tables.ts';
import { type Flow, type FlowNight, flowOf, type Listing, type Member } from '../history/flow.ts';
import type { Metric } from '../metrics/define.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { allMetrics } from './judge-account.ts';
import { readTable } from './table-writer.ts';

type At = Pick<Night, 'dt' | 'run'>;

/** How the rows of a table are the members of a figure of the organisation; a row that is none gives null. */
interface Source<Name extends TableName> {
  readonly metric: string;
  readonly table: Name;
  memberOf(row: TableRow<Name>): Member | null;
}

const source = <Name extends TableName>(it: Source<Name>): Source<TableName> => it as unknown as Source<TableName>;

const placeOf = (id: string): Metric['place'] => {
  const metric = allMetrics.find((it) => it.id === id);
  if (metric === undefined) throw new TypeError(`no metric \`${id}\``);
  return metric.place;
};

/** Identities are known by their ARN from night to night. */
const ofIdentity = (metric: string, itemOf: (row: IdentityRow) => unknown) =>
  source<'identities'>({
    metric,
    table: 'identities',
    memberOf: (row) => ({ id: row.arn, account: row.account, stand: placeOf(metric)(itemOf(row) as never) }),
  });

const identityRate = 'permission.unused-sensitive-identity-rate';
const nothingHeld = { held: 0, used: 0, unused: 0, untrackable: 0, unread: 0 };

/** The figures whose members can be followed from night to night. */
const sources: readonly Source<TableName>[] = [
  ofIdentity('identity.unused-rate', (row) => row),
  ofIdentity(identityRate, ({ kind, tooNew, sensitive }) =>
    isCounted(kind) && !tooNew ? (sensitive?.effective ?? nothingHeld) : nothingHeld,
  ),
  source<'findings'>({
    metric: 'credential.ai-key-user-rate',
    table: 'findings',
    memberOf: ({ control, account, resource, status }) =>
      control === 'long-term-ai-keys' && resource !== '*'
        ? { id: `${account}/${resource}`, account, stand: keyStand[status] }
        : null,
  }),
  source<'logging'>({
    metric: 'logging.ai-data-event-coverage',
    table: 'logging',
    memberOf: (row) =>
      row.core
        ? {
            id: `${row.account}/${row.region}/${row.eventClass}`,
            account: row.account,
            stand: placeOf('logging.ai-data-event-coverage')(row as never),
          }
        : null,
  }),
];

const keyStand: Readonly<Record<FindingRow['status'], Member['stand']>> = {
  fail: 'in',
  pass: 'out',
  'not-measured': 'unread',
  'not-applicable': 'apart',
};

/** Ids of the metrics whose members the tables tell. */
export const followedMetrics: readonly string[] = sources.map(({ metric }) => metric);

/** A sealed night as its tables tell it. `accountsListed` false: accounts may be there that it does not name. */
export interface ToldNight extends At {
  readonly accountsListed: boolean;
}

/** A sealed night's members of one figure, read from its tables as often as they are asked for. */
async function flowNight(store: ObjectStore, night: ToldNight, from: Source<TableName>): Promise<FlowNight> {
  const listings = new Map<string, Listing>();
  for await (const row of readTable(store, night, 'accounts')) listings.set(row.account, listingOf(row, from.metric));
  return {
    listings,
    elsewhere: night.accountsListed ? 'absent' : 'hidden',
    async *members() {
      for await (const row of readTable(store, night, from.table)) {
        const member = from.memberOf(row);
        if (member !== null) yield member;
      }
    },
  };
}

/** How the members of a figure moved between two sealed nights; null for a figure whose members the tables do not tell. */
export async function flowBetween(
  store: ObjectStore,
  metric: string,
  { before, after, population }: { readonly before: ToldNight; readonly after: ToldNight; readonly population: number },
): Promise<Flow | null> {
  const from = sources.find((it) => it.metric === metric);
  if (from === undefined) return null;
  return flowOf(await flowNight(store, before, from), await flowNight(store, after, from), population);
}

/** The tables that tell the members of the figures. */
export const followedTables: readonly TableName[] = ['accounts', ...new Set(sources.map(({ table }) => table))];

function listingOf({ status, figures }: AccountRow, metric: string): Listing {
  if (status === 'suspended') return 'none';
  const own = figures.filter(
    ({ id, basis, class: sensitive }) => id === metric && basis === 'effective' && sensitive === null,
  );
  return own.length > 0 && own.every(({ population }) => population === 'enumerated') ? 'whole' : 'hidden';
}
