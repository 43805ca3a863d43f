import type { Movement } from '../history/flow.ts';
import type { Change, Point, Series, Trend, Verdict } from '../history/trend.ts';
import { day, daysBetween, percentRange, plural } from './numbers.ts';
import { identityRate } from './sensitive.ts';

// The sentences about nights over time. A night that was not read whole is never told as progress.

/** `50.4 %`, `49–52 %`; an open figure may be worse: `49–100 %`. */
export function pointValue({ lower, upper, open }: Point, worse: Series['worse']): string {
  if (!open) return percentRange(lower, upper);
  return worse === 'higher' ? percentRange(lower, 1) : percentRange(0, upper);
}

/** `the night before`, `a week ago`, `on 2026-09-01`. */
export function agoWords(from: string, to: string): string {
  const days = daysBetween(`${from.slice(0, 10)}T00:00:00Z`, `${to.slice(0, 10)}T00:00:00Z`);
  if (days === 1) return 'the night before';
  return days === 7 ? 'a week ago' : `on ${day(from)}`;
}

const verdictWords: Readonly<Record<Verdict, string>> = {
  better: 'Better than',
  worse: 'Worse than',
  same: 'As',
  'not-known': 'Not known whether better than',
};

/** `Worse than a week ago: 49.6 %, was 48.1 %.` */
export function changeWords(change: Change, worse: Series['worse']): string {
  const { from, to, verdict, why } = change;
  const was = `${pointValue(to, worse)}${verdict === 'same' ? '' : `, was ${pointValue(from, worse)}`}`;
  return `${verdictWords[verdict]} ${agoWords(from.clock, to.clock)}: ${was}${why === null ? '' : `; ${why}`}.`;
}

/** What the numbers of a figure are called. */
interface Nouns {
  readonly one: string;
  readonly many: string;
  /** What those in the numerator do or are. */
  readonly counted: string;
  readonly better: string;
  readonly worse: string;
}

const identities = { one: 'identity', many: 'identities' };
const nouns: Readonly<Record<string, Nouns>> = {
  [identityRate]: {
    ...identities,
    counted: 'using none',
    better: 'used or lost sensitive permissions',
    worse: 'stopped using them or got some',
  },
  'identity.unused-rate': { ...identities, counted: 'unused', better: 'were used again', worse: 'fell idle' },
  'credential.ai-key-user-rate': {
    one: 'user',
    many: 'users',
    counted: 'with a live AI key',
    better: 'lost their last live key',
    worse: 'got one',
  },
  'logging.ai-data-event-coverage': {
    one: 'place',
    many: 'places',
    counted: 'logged in full',
    better: 'are logged now',
    worse: 'are not logged any more',
  },
};

/** Real change first, then who came and went, then who could not be compared; null where the figure's members are not followed. */
export function movementWords(metric: string, movement: Movement | undefined): string | null {
  const words = nouns[metric];
  if (movement === undefined || words === undefined) return null;
  const { better, worse, came, gone, notKnown } = movement;
  const stayed =
    better + worse === 0
      ? 'Nobody who was there both times changed'
      : `Of those there both times, ${better} ${words.better} and ${worse} ${words.worse}`;
  const moved = [
    ...(came.counted > 0
      ? [`${plural(came.counted, words.one, words.many)} new, ${came.numerator} ${words.counted}`]
      : []),
    ...(gone.counted > 0
      ? [`${plural(gone.counted, words.one, words.many)} gone, ${gone.numerator} ${words.counted}`]
      : []),
    ...(notKnown > 0 ? [`${plural(notKnown, words.one, words.many)} could not be compared`] : []),
  ];
  return `${[stayed, ...moved].join('; ')}.`;
}

/** Notes of a series: what changed in its definition, and when. */
export const breakNotes = ({ points }: Pick<Series, 'points'>): string[] =>
  points
    .filter(({ link }) => link === 'definition')
    .map(({ clock, changes }) => `From ${day(clock)} on it is counted otherwise: ${changes.join('; ')}.`);

/** Nights that are not there, in words. */
export function gapNotes({ gaps, failed }: Pick<Trend, 'gaps' | 'failed'>): string[] {
  const told = gaps.map(
    ({ after, before, missing }) =>
      `Between ${after} and ${before} ${missing === 1 ? 'a night is' : `${plural(missing, 'night')} are`} missing.`,
  );
  return [...told, ...failed.map(({ dt, run, why }) => `${dt}, run ${run}: ${why}.`)];
}
