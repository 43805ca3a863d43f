import type { ActionSummary, Ends, Move, QueueEntry } from '../domain/action-summary.ts';
import type { ActionRow, Effect } from '../domain/action-table.ts';
import { bounds, noShare, type Share } from '../domain/share.ts';
import type { Metric } from '../domain/summary.ts';
import { severities } from '../domain/tables.ts';
import { applied } from './effect.ts';

/** Figures for which the changes that move them most are named. */
export const headlineFigures = [
  'permission.unused-sensitive-identity-rate',
  'permission.unused-sensitive-pair-rate',
  'identity.unused-rate',
  'credential.ai-key-user-rate',
  'credential.stale-user-rate',
  'credential.ai-key-maker-rate',
  'credential.ai-key-caller-rate',
  'logging.ai-data-event-coverage',
  'logging.management-coverage',
  'completeness.accounts',
] as const;

/** How many entries the summary holds; table actions has every change. */
const queueLength = 200;
const bestOf = 3;

/** The figures of the organisation, by id. */
export type Standing = ReadonlyMap<string, Metric>;

export const standingOf = (metrics: readonly Metric[]): Standing =>
  new Map(
    metrics.filter(({ scope, basis }) => scope === 'organization' && basis === 'effective').map((it) => [it.id, it]),
  );

function endsOf(share: Share): Ends {
  const ends = bounds(share);
  if (ends === undefined) return null;
  return { numerator: share.numerator, denominator: share.denominator, lower: ends[0], upper: ends[1] };
}

/** Each figure that some changes move: counted again with them, over all accounts of the night. */
export function movesOf(effects: readonly Effect[], standing: Standing): Move[] {
  return effects.flatMap(({ metric, ...effect }) => {
    const there = standing.get(metric);
    if (there === undefined) return [];
    const share: Share = {
      ...noShare,
      numerator: there.numerator,
      denominator: there.denominator,
      untrackable: there.untrackable,
      unread: there.unread,
    };
    const [before, after] = [endsOf(share), endsOf(applied(share, effect))];
    return [{ metric, before, after, gain: gainOf(before, after, there.worse), open: there.open }];
  });
}

/** By how much the worse end gets better. Of a figure that nobody is left in, nothing bad is left. */
function gainOf(before: Ends, after: Ends, worse: Metric['worse']): number {
  if (before === null) return 0;
  if (worse === 'higher') return before.upper - (after?.upper ?? 0);
  return (after?.lower ?? 1) - before.lower;
}

/** The most that an entry does for a headline figure; a guardrail's own figure counts by the accounts it binds, and so does not lead. */
export const bestGain = ({ moves }: Pick<QueueEntry, 'moves'>): number =>
  Math.max(0, ...moves.filter(({ metric }) => isHeadline(metric)).map(({ gain }) => gain));

const isHeadline = (metric: string): boolean => (headlineFigures as readonly string[]).includes(metric);
const rank = (severity: ActionRow['severity']): number =>
  severity === null ? severities.length : severities.indexOf(severity);

/** Critical findings first, then the biggest effect, then the worst findings and the most of them. */
export const inOrder = (a: QueueEntry, b: QueueEntry): number =>
  Number(b.severity === 'critical') - Number(a.severity === 'critical') ||
  bestGain(b) - bestGain(a) ||
  rank(a.severity) - rank(b.severity) ||
  b.findings - a.findings ||
  (a.id < b.id ? -1 : 1);

/** For each headline figure the entries that move it most; what does not move it is none of them. */
export const figuresMoved = (entries: readonly QueueEntry[], standing: Standing): ActionSummary['figures'] =>
  headlineFigures.flatMap((metric) => {
    const there = standing.get(metric);
    if (there === undefined) return [];
    const best = entries
      .flatMap(({ id, moves }) =>
        moves.filter((move) => move.metric === metric && move.gain > 0).map((it) => ({ id, ...it })),
      )
      .sort((a, b) => b.gain - a.gain || (a.id < b.id ? -1 : 1))
      .slice(0, bestOf)
      .map(({ id, after, gain }) => ({ id, after, gain }));
    return [{ metric, before: endsOf(there), open: there.open, best }];
  });

/** The whole summary of some entries. */
export function summaryOf(
  entries: readonly QueueEntry[],
  changes: number,
  kinds: ActionSummary['kinds'],
  standing: Standing,
): ActionSummary {
  const ordered = entries.toSorted(inOrder);
  const figures = figuresMoved(entries, standing);
  // Whoever is named as moving a figure stands in the queue, however long it is.
  const named = new Set(figures.flatMap(({ best }) => best.map(({ id }) => id)));
  const queue = ordered.filter(({ id }, at) => at < queueLength || named.has(id));
  return { changes, entries: entries.length, queue, kinds, figures };
}
