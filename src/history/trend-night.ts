import { z } from 'zod';
import { type GuardrailVersions, guardrailChanges, guardrailVersionsIn } from '../domain/guardrail-settings.ts';
import { metricSchema, type NightSummary } from '../domain/summary.ts';

/** One figure of one night, as far as the trend looks at it. */
export const trendFigure = metricSchema
  .omit({ unknown: true, accountsNotMeasured: true, excepted: true, withExceptions: true })
  .loose();
export type TrendFigure = Pick<
  NightSummary['metrics'][number],
  | 'id'
  | 'version'
  | 'unit'
  | 'scope'
  | 'basis'
  | 'worse'
  | 'numerator'
  | 'denominator'
  | 'untrackable'
  | 'unread'
  | 'lower'
  | 'upper'
  | 'pessimistic'
  | 'open'
>;

/** What besides a metric's own version decides what its number means. */
export interface Rules {
  /** Days. */
  readonly window: number;
  /** Name and version of the list of sensitive permissions. */
  readonly sensitive: string;
  /** Version of the catalogue of AWS's actions. */
  readonly actions: string;
  /** Digest of the lists of AI event classes and of services with credentials. */
  readonly services: string;
  /** What is asked of guardrails. */
  readonly guardrails: GuardrailVersions;
}

/** How many accounts a night covers and could look at. */
export type NightAccounts = NightSummary['completeness']['accounts'];

/** One sealed night, as far as the trend looks at it: totals alone, never rows. */
export interface TrendNight {
  readonly run: string;
  readonly clock: string;
  readonly accounts: NightAccounts;
  readonly rules: Rules;
  readonly figures: readonly TrendFigure[];
  /** Judged again later from its recorded answers, by the rules of then. */
  readonly backfilled?: true;
}

/** Which figures are wanted of a night; all of them where nothing is said. */
export type Wanted = (figure: Pick<TrendFigure, 'id' | 'scope' | 'basis'>) => boolean;

const count = z.number().int().nonnegative();

/** A summary of this version or of another that says the same. Fields that the trend does not need are not looked at. */
const readable = z.object({
  run: z.object({ id: z.string(), clock: z.string(), window: count, versions: z.record(z.string(), z.string()) }),
  completeness: z.object({
    accounts: z.object({
      discovered: count,
      measured: count,
      partial: count,
      failed: count,
      suspended: count,
      skipped: count,
    }),
  }),
  sensitive: z.object({ list: z.string(), version: count, catalogue: z.string() }).optional(),
  metrics: z.array(trendFigure),
});

/** What the trend needs of a summary; null where it is not a summary that this version can read. */
export function trendNightOf(summary: unknown, wanted: Wanted = () => true): TrendNight | null {
  const { data } = readable.safeParse(summary);
  if (data === undefined) return null;
  const { run, completeness, sensitive, metrics } = data;
  return {
    run: run.id,
    clock: run.clock,
    accounts: completeness.accounts,
    rules: {
      window: run.window,
      sensitive: sensitive === undefined ? 'none' : `${sensitive.list} version ${sensitive.version}`,
      actions: sensitive?.catalogue ?? 'none',
      services: run.versions['catalogue'] ?? 'none',
      guardrails: guardrailVersionsIn(run.versions),
    },
    figures: metrics.filter(wanted).map(figureOf),
  };
}

/** The figure without what other versions add to it. */
const figureOf = (it: TrendFigure): TrendFigure => ({
  id: it.id,
  version: it.version,
  unit: it.unit,
  scope: it.scope,
  basis: it.basis,
  worse: it.worse,
  numerator: it.numerator,
  denominator: it.denominator,
  untrackable: it.untrackable,
  unread: it.unread,
  lower: it.lower,
  upper: it.upper,
  pessimistic: it.pessimistic,
  open: it.open,
});

type Plain = Exclude<keyof Rules, 'guardrails'>;

/** What of the rules bears on a figure, by the beginning of its id; all of it on a figure that no line names. */
const bearing: readonly (readonly [prefix: string, ...rules: readonly Plain[]])[] = [
  ['permission.', 'window', 'sensitive', 'actions'],
  ['identity.', 'window'],
  ['completeness.identities', 'window'],
  ['completeness.'],
  ['credential.stale-', 'window', 'services'],
  ['credential.', 'services'],
  ['logging.management-'],
  ['logging.', 'services'],
  ['guardrail.'],
  ['agent.', 'actions'],
];

const words: Readonly<Record<Plain, (before: string, after: string) => string>> = {
  window: (before, after) => `the window is ${after} days, it was ${before}`,
  sensitive: (before, after) => `the list of sensitive permissions is ${after}, it was ${before}`,
  actions: (before, after) => `the catalogue of AWS's actions is ${after}, it was ${before}`,
  services: () => 'the lists of AI event classes and of services with credentials are others',
};

/** Of one guardrail: its id follows. */
const ofGuardrail = 'guardrail.coverage:';

/** What changed in a figure's definition between two nights, in words; empty where its numbers can be compared. */
export function definitionChanges(
  before: { readonly version: number; readonly rules: Rules },
  after: { readonly id: string; readonly version: number; readonly rules: Rules },
): string[] {
  const [, ...rules] = bearing.find(([prefix]) => after.id.startsWith(prefix)) ?? ['', ...allRules];
  return [
    ...(before.version === after.version
      ? []
      : [`the definition is version ${after.version}, it was ${before.version}`]),
    ...rules
      .filter((rule) => before.rules[rule] !== after.rules[rule])
      .map((rule) => words[rule](String(before.rules[rule]), String(after.rules[rule]))),
    ...(after.id.startsWith(ofGuardrail)
      ? guardrailChanges(after.id.slice(ofGuardrail.length), before.rules.guardrails, after.rules.guardrails)
      : []),
  ];
}

const allRules: readonly Plain[] = ['window', 'sensitive', 'actions', 'services'];
