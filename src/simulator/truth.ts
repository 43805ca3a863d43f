import { isJsonObject } from '../domain/json.ts';
import type { FindingCounts, Metric, NightSummary } from '../domain/summary.ts';
import type { AccountStatus, Basis, CoverageStatus, ForwardingGrade, PairCounts } from '../domain/tables.ts';

export interface PlantedMetric
  extends Pick<
    Metric,
    'id' | 'scope' | 'numerator' | 'denominator' | 'untrackable' | 'unread' | 'accountsNotMeasured'
  > {
  /** `effective` where it is left out. */
  readonly basis?: Basis;
}

/** What one identity holds and uses of the sensitive permissions, and the escalation sets open to it. */
export interface PlantedHolding {
  readonly account: string;
  readonly name: string;
  readonly nominal: PairCounts;
  readonly effective: PairCounts;
  /** Null where a policy cannot be read. */
  readonly escalation: readonly string[] | null;
}

/** The figures a night over a simulated organisation must give, as whoever built the organisation counted them. */
export interface PlantedTruth {
  readonly accounts: NightSummary['completeness']['accounts'];
  readonly identities: NightSummary['completeness']['identities'];
  readonly counts: NightSummary['counts'];
  readonly agents: NightSummary['agents'];
  readonly metrics: readonly PlantedMetric[];
  /** Cells by event class: management events and every core class. */
  readonly logging: readonly {
    readonly eventClass: string;
    readonly cells: Readonly<Record<CoverageStatus, number>>;
  }[];
  /** Findings of some controls by status. */
  readonly findings: Readonly<Record<string, Partial<FindingCounts>>>;
  /** The three practices: accounts by state, the word for all of them, and that of the management account. */
  readonly practices: readonly Omit<NightSummary['practices'][number], 'parts'>[];
  /** Accounts by AI event class: monitored, forwarded, stored-only, not-recorded, not-measured. */
  readonly forwarding: readonly {
    readonly eventClass: string;
    readonly accounts: Readonly<Record<ForwardingGrade, number>>;
  }[];
  readonly notMeasured: readonly { readonly account: string; readonly status: AccountStatus }[];
  /** What could not be read. `NOT_IMPLEMENTED` is no fault of the night and is not compared. */
  readonly gaps: readonly { readonly code: string; readonly account: string; readonly operation: string }[];
  readonly untrackedRegions: readonly string[];
  /** Rows that the summary does not hold, by table. */
  readonly rows: { readonly credentials: number };
}

/** Where a night differs from the truth, one sentence each; empty when they are equal. `rows` is compared where it is given. */
export function compareWithTruth(
  { completeness, counts, agents, metrics, logging, controls, practices, forwarding }: NightSummary,
  truth: PlantedTruth,
  rows: Partial<PlantedTruth['rows']> = {},
): string[] {
  return [
    ...differences('accounts', truth.accounts, completeness.accounts),
    ...differences('identities', truth.identities, completeness.identities),
    ...differences('counts', truth.counts, counts),
    ...differences('agents', truth.agents, agents),
    ...truth.metrics.flatMap((planted) => metricDifferences(planted, metrics)),
    ...unplanted(truth.metrics, metrics),
    ...truth.logging.flatMap(({ eventClass, cells }) =>
      differences(`logging.${eventClass}`, cells, logging.find((row) => row.eventClass === eventClass)?.cells),
    ),
    ...Object.entries(truth.findings).flatMap(([id, planted]) =>
      differences(`findings of ${id}`, planted, controls.find((control) => control.id === id)?.findings),
    ),
    ...truth.practices.flatMap((planted) =>
      differences(
        planted.practice,
        planted,
        practices.find(({ practice }) => practice === planted.practice),
      ),
    ),
    ...truth.forwarding.flatMap(({ eventClass, accounts }) =>
      differences(
        `forwarding.${eventClass}`,
        accounts,
        forwarding.find((row) => row.eventClass === eventClass)?.accounts,
      ),
    ),
    ...differences('not measured', notMeasured(truth.notMeasured), notMeasured(completeness.accountsNotMeasured)),
    ...differences('gaps', plantedGaps(truth), producedGaps(completeness.gaps)),
    ...differences('untracked Regions', truth.untrackedRegions, completeness.regions.accountsUntracked),
    ...(rows.credentials === undefined ? [] : differences('credential rows', truth.rows.credentials, rows.credentials)),
  ];
}

/** Where a planted figure is not the produced one. */
export function metricDifferences(planted: PlantedMetric, produced: readonly Metric[]): string[] {
  const { id, scope, basis = 'effective', ...figures } = planted;
  const found = produced.find((metric) => metric.id === id && metric.scope === scope && metric.basis === basis);
  const sorted = (metric: Pick<Metric, 'accountsNotMeasured'>) => [...metric.accountsNotMeasured].sort();
  return differences(
    figureName(planted),
    { ...figures, accountsNotMeasured: sorted(planted) },
    found && { ...found, accountsNotMeasured: sorted(found) },
  );
}

/** Figures of the whole organisation that nobody counted by hand. */
function unplanted(planted: readonly PlantedMetric[], produced: readonly Metric[]): string[] {
  const known = new Set(planted.map(figureName));
  const ofOrganization = produced.filter(({ scope }) => scope === 'organization');
  return ofOrganization
    .map(figureName)
    .filter((name) => !known.has(name))
    .map((name) => `${name}: not planted`);
}

const figureName = ({ id, scope, basis = 'effective' }: Pick<PlantedMetric, 'id' | 'scope' | 'basis'>): string =>
  `${id}${basis === 'nominal' ? ' (nominal)' : ''} of ${scope}`;

const notMeasured = (rows: PlantedTruth['notMeasured']): string[] =>
  rows.map(({ account, status }) => `${account} ${status}`).sort();

function plantedGaps({ gaps }: PlantedTruth): string[] {
  const byCause = Map.groupBy(gaps, ({ code, operation }) => `${code} ${operation}`);
  return [...byCause]
    .map(([cause, rows]) => `${cause}: ${rows.length} in ${new Set(rows.map((row) => row.account)).size} account(s)`)
    .sort();
}

/** One cause of the summary may carry several explanations (a role's ARN differs by account), so equal codes are joined. */
function producedGaps(gaps: NightSummary['completeness']['gaps']): string[] {
  const counted = gaps.filter(({ code }) => code !== 'NOT_IMPLEMENTED');
  const total = (rows: typeof gaps, key: 'count' | 'accounts'): number => rows.reduce((sum, row) => sum + row[key], 0);
  return [...Map.groupBy(counted, ({ code, operation }) => `${code} ${operation}`)]
    .map(([cause, rows]) => `${cause}: ${total(rows, 'count')} in ${total(rows, 'accounts')} account(s)`)
    .sort();
}

/** Every planted value that the produced one does not equal. Fields nobody planted are not looked at. */
export function differences(path: string, planted: unknown, produced: unknown): string[] {
  if (isJsonObject(planted) && isJsonObject(produced)) {
    return Object.entries(planted).flatMap(([key, value]) => differences(`${path}.${key}`, value, produced[key]));
  }
  const [wanted, got] = [JSON.stringify(planted), JSON.stringify(produced) ?? 'nothing'];
  return wanted === got ? [] : [`${path}: planted ${wanted}, produced ${got}`];
}
