import type { Frameworks } from '../catalogue/frameworks/index.ts';
import { type Gap, remedyOf } from '../domain/gap.ts';
import type { Reading } from '../domain/reading.ts';
import type { FindingRow, Severity } from '../domain/tables.ts';
import { notMeasured, type Verdict } from './verdict.ts';

export type Unknown = Extract<Reading<never>, { kind: 'unknown' }>;

/** Numbers that an organisation may set for itself, each with the value that holds where it sets none. */
export type Thresholds = Readonly<Record<string, number>>;

/** The resources that a control looks at, one finding each. */
export interface Population<Subject, Item> {
  readonly scope: 'account' | 'organization';
  /** What one of them is, in the words of AWS. */
  readonly type: string;
  /** Why there may be none. */
  readonly nobody: string;
  /** Those that were seen, and what hides others. */
  list(subject: Subject): { readonly items: readonly Item[]; readonly unread: readonly Unknown[] };
  /** The id of one, the same every night: its ARN where it has one. */
  resource(item: Item, subject: Subject): string;
  region?(item: Item): string;
}

/** What a person can do about a finding. */
export interface Remedy {
  readonly text: string;
  /** A line for a shell with the AWS CLI, where one line is enough. */
  readonly command?: string;
}

type Needs = Readonly<Record<string, Reading<unknown>>>;
type Known<Wanted extends Needs> = {
  readonly [Name in keyof Wanted]: Wanted[Name] extends Reading<infer Value> ? Value : never;
};

/** What judging is told besides the facts: the night's clock, and what is asked of a resource. */
export interface Asked<Wanted extends Thresholds> {
  readonly clock: string;
  readonly thresholds: Wanted;
}

/** A control as its folder writes it. */
interface Written<Subject, Item, Wanted extends Needs, Limits extends Thresholds> {
  /** The folder: what is looked at, never the number of a framework. It lives for ever. */
  readonly id: string;
  /** Raised when its meaning changes. */
  readonly version: number;
  readonly severity: Severity;
  /** The good state, as a sentence. */
  readonly title: string;
  /** What is looked at, and when it passes. */
  readonly method: string;
  readonly frameworks: Frameworks;
  /** Why no framework asks for it, where none does. */
  readonly unmapped?: string;
  /** The calls whose answers decide. */
  readonly operations: readonly string[];
  /** It looks at the policies around the account, so that an account which cannot be entered is judged too. */
  readonly fromOutside?: true;
  readonly thresholds?: Limits;
  readonly over: Population<Subject, Item>;
  /** The facts without which a resource cannot be judged: one that is unknown makes its finding `not-measured`. */
  needs(item: Item, subject: Subject): Wanted;
  judge(known: Known<Wanted>, item: Item, asked: Asked<Limits>): Verdict;
  /** `thresholds`: what the finding was held against, so that what is advised would pass. */
  remedy(item: Item, subject: Subject, thresholds: Limits): Remedy;
}

/** What every subject can tell. */
export interface Judged {
  /** Account id, or `organization`. */
  readonly account: string;
  readonly clock: string;
}

/** One thing that is asked of many resources. The folder is its id. */
export interface Control<Subject extends Judged = never>
  extends Omit<Written<Subject, never, never, Thresholds>, 'over' | 'needs' | 'judge' | 'remedy' | 'thresholds'> {
  readonly scope: 'account' | 'organization';
  readonly resourceType: string;
  readonly thresholds: Thresholds;
  /** One finding per resource, and one for each reason why there may be more. Never empty: nobody to look at is `not-applicable`. */
  evaluate(subject: Subject, thresholds?: Thresholds): FindingRow[];
  /** The one finding where nothing at all is known. */
  unmeasured(account: string, gap: Gap, thresholds?: Thresholds): FindingRow;
}

/** Turns any unknown need into `not-measured`, so that no control can pass by accident. */
export function defineControl<Subject extends Judged, Item, Wanted extends Needs, Limits extends Thresholds>(
  written: Written<Subject, Item, Wanted, Limits>,
): Control<Subject> {
  const { over, needs, judge, remedy, thresholds: defaults, ...told } = written;
  const limitsOf = (given: Thresholds | undefined) => ({ ...defaults, ...given }) as Limits;
  const rowOf = (account: string, resource: string, limits: Thresholds): RowBase => ({
    id: `${account}/${told.id}/${resource}`,
    account,
    control: told.id,
    version: told.version,
    severity: told.severity,
    resourceType: over.type,
    resource,
    thresholds: limits,
  });
  const unmeasured = (account: string, gap: Gap, given?: Thresholds): FindingRow =>
    complete(rowOf(account, '*', limitsOf(given)), notMeasured(gap), null, null);
  const ofItem = (item: Item, subject: Subject, limits: Limits): FindingRow => {
    const wanted = needs(item, subject);
    const missing = Object.values(wanted).find(({ kind }) => kind === 'unknown') as Unknown | undefined;
    const verdict =
      missing === undefined
        ? judge(valuesOf(wanted), item, { clock: subject.clock, thresholds: limits })
        : notMeasured(missing.gap);
    const base = rowOf(subject.account, over.resource(item, subject), limits);
    return complete(
      base,
      verdict,
      over.region?.(item) ?? null,
      verdict.status === 'fail' ? remedy(item, subject, limits) : null,
    );
  };
  return {
    ...told,
    scope: over.scope,
    resourceType: over.type,
    thresholds: defaults ?? {},
    unmeasured,
    evaluate(subject, given) {
      const { items, unread } = over.list(subject);
      const limits = limitsOf(given);
      const seen = items.map((item) => ofItem(item, subject, limits));
      const [hidden] = unread;
      if (hidden !== undefined) return [...seen, unmeasured(subject.account, hidden.gap, given)];
      if (seen.length > 0) return seen;
      const nobody: Verdict = { status: 'not-applicable', reason: over.nobody, evidence: {}, gap: null };
      return [complete(rowOf(subject.account, '*', limits), nobody, null, null)];
    },
  };
}

type RowBase = Pick<
  FindingRow,
  'id' | 'account' | 'control' | 'version' | 'severity' | 'resourceType' | 'resource' | 'thresholds'
>;

function complete(base: RowBase, verdict: Verdict, region: string | null, remedy: Remedy | null): FindingRow {
  const { status, reason, evidence, gap } = verdict;
  const open = gap === null ? null : { text: remedyOf(gap), command: null };
  return {
    ...base,
    status,
    region,
    reason,
    evidence: { ...evidence } as FindingRow['evidence'],
    gap: gap as FindingRow['gap'],
    remedy: remedy === null ? open : { text: remedy.text, command: remedy.command ?? null },
    exception: null,
  };
}

const valuesOf = <Wanted extends Needs>(wanted: Wanted): Known<Wanted> =>
  Object.fromEntries(
    Object.entries(wanted).map(([name, reading]) => [name, reading.kind === 'known' ? reading.value : undefined]),
  ) as Known<Wanted>;
