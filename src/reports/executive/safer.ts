import type { Movement } from '../../history/flow.ts';
import type { History } from '../../history/history.ts';
import { type Change, type NightMark, type Series, seriesIn, type Verdict } from '../../history/trend.ts';
import type { Markup } from '../markup.ts';
import { plural } from '../numbers.ts';
import { identityRate } from '../sensitive.ts';
import { chartOf, courseWords } from '../trend-view.ts';
import { agoWords, pointValue } from '../trend-words.ts';

/** The headline figures: one for each question, and what moves in it. */
const headlineFigures = [
  {
    id: identityRate,
    what: 'use of sensitive permissions',
    short: 'Using none of their sensitive permissions',
    one: 'identity',
    many: 'identities',
  },
  {
    id: 'credential.ai-key-user-rate',
    what: 'standing AI keys',
    short: 'Users with a live AI key',
    one: 'user',
    many: 'users',
  },
  {
    id: 'logging.ai-data-event-coverage',
    what: 'logging of AI use',
    short: 'AI events logged in full',
    one: 'place',
    many: 'places',
  },
] as const;

type Compared = (typeof headlineFigures)[number] & { readonly series: Series; readonly change: Change };

/** Whether the organisation is safer than on the night before, and what is known of it; null where there is nothing to compare with. */
export interface Safer {
  readonly headline: string;
  readonly detail: string;
}

export function saferThanBefore(history: History | undefined): Safer | null {
  if (history === undefined || history.trend.nights.length < 2) return null;
  const compared = headlineFigures.flatMap((it): Compared[] => {
    const series = seriesIn(history.trend, it.id);
    const change = series?.sinceLast ?? null;
    return series === undefined || change === null ? [] : [{ ...it, series, change }];
  });
  const [first] = compared;
  if (first === undefined)
    return {
      headline: 'Not known whether we are safer than before: the figures are counted otherwise now.',
      detail: 'From tonight on they can be compared again.',
    };
  const { from, to } = first.change;
  return {
    headline: `${answerOf(compared)} ${agoWords(from.clock, to.clock)}${why(compared, history.trend.nights.at(-1) as NightMark)}.`,
    detail: detailOf(compared, history.movements),
  };
}

const withVerdict = (compared: readonly Compared[], wanted: Verdict): Compared[] =>
  compared.filter(({ change }) => change.verdict === wanted);

/** One answer out of three: worse is never outweighed, and what is not known is never counted as better. */
function answerOf(compared: readonly Compared[]): string {
  const count = (verdict: Verdict): number => withVerdict(compared, verdict).length;
  if (count('worse') > 0) return count('better') > 0 ? 'Safer in part, and less safe in part, than' : 'Less safe than';
  if (count('not-known') > 0 || compared.length < headlineFigures.length) return 'Not known whether we are safer than';
  return count('better') > 0 ? 'Safer than' : 'As safe as';
}

/** The figures that decided the answer; where it is not known, how many accounts could not be read. */
function why(compared: readonly Compared[], { accounts }: NightMark): string {
  const named = (verdict: Verdict): string => list(withVerdict(compared, verdict).map(({ what }) => what));
  const unread = accounts.failed + accounts.partial;
  const parts = [
    ...(named('worse') === '' ? [] : [`worse in ${named('worse')}`]),
    ...(named('better') === '' ? [] : [`better in ${named('better')}`]),
    ...(named('not-known') === '' || unread === 0 ? [] : [`${plural(unread, 'account')} could not be read in full`]),
  ];
  return parts.length === 0 ? '' : `: ${parts.join('; ')}`;
}

/** What is known for certain: members that both nights could see, and who came and went. */
function detailOf(compared: readonly Compared[], movements: History['movements']): string {
  const seen = compared.flatMap(({ id, one, many }) => {
    const movement = movements.get(id);
    return movement === undefined ? [] : [{ one, many, movement }];
  });
  if (seen.length === 0) return '';
  const counted = (of: (movement: Movement) => number): string =>
    list(seen.flatMap(({ one, many, movement }) => (of(movement) === 0 ? [] : [plural(of(movement), one, many)])));
  const [better, worse] = [counted((it) => it.better), counted((it) => it.worse)];
  const [came, gone] = [counted((it) => it.came.counted), counted((it) => it.gone.counted)];
  const parts = [
    ...(better === '' && worse === '' ? ['nothing turned better or worse'] : []),
    ...(better === '' ? [] : [`better: ${better}`]),
    ...(worse === '' ? [] : [`worse: ${worse}`]),
    ...(came === '' ? [] : [`new: ${came}`]),
    ...(gone === '' ? [] : [`gone: ${gone}`]),
  ];
  return `Where both nights could look, ${parts.join('; ')}.`;
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** The small chart beside a question. */
export interface SmallTrend {
  readonly title: string;
  readonly chart: Markup;
  readonly words: string;
}

/** The course of a headline figure, or null on a first night. */
export function smallTrend(history: History | undefined, id: string): SmallTrend | null {
  const series = history === undefined ? undefined : seriesIn(history.trend, id);
  const asked = headlineFigures.find((it) => it.id === id);
  if (series === undefined || asked === undefined || series.points.length < 2) return null;
  const words = courseOf(series);
  return {
    title: asked.short,
    chart: chartOf(series, { label: `${asked.short}: ${courseWords(series)}`, size: 'small' }),
    words,
  };
}

function courseOf({ sinceFirst, worse, points }: Series): string {
  if (sinceFirst === null) return 'counted so for the first time';
  const { from, to, verdict } = sinceFirst;
  const was = `${pointValue(from, worse)} on ${from.dt}`;
  if (verdict !== 'not-known') return `${verdict} than ${was}`.replace('same than', 'the same as');
  const complete = points.findLast(({ partial }) => !partial);
  const last =
    complete === undefined || [from.dt, to.dt].includes(complete.dt)
      ? ''
      : `, ${pointValue(complete, worse)} on ${complete.dt}`;
  return `${was}${last}; tonight not read whole`;
}
