import { type ChangeRow, type PeriodKind, type QuietStatus, quietStatuses } from '../../domain/change-table.ts';
import type { NightSummary } from '../../domain/summary.ts';
import { severities } from '../../domain/tables.ts';
import type { StatusCounts, WeekFigure, WeekSummary } from '../../domain/week.ts';
import { integer, plural } from '../numbers.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from '../status.ts';

/** What a kind of change is called, and what it means. */
export interface KindWords {
  readonly title: string;
  readonly short: string;
  readonly method: string;
  readonly status: StatusView;
}

/** In the order of the reports: what asks for somebody first. */
export const kindWords: Readonly<Record<PeriodKind, KindWords>> = {
  reopened: {
    title: 'Came back',
    short: 'Reopened',
    method:
      'Open now, and closed at some time since it was first open: also what was fixed and came back between two nights of this period.',
    status: fails('reopened'),
  },
  new: {
    title: 'New',
    short: 'New',
    method: 'Open now, and never seen open before.',
    status: fails('new'),
  },
  'exception-ended': {
    title: 'No exception covers it any more',
    short: 'Exception ended',
    method: 'It was open and lived with; its exception expired or was taken back, and it is open still.',
    status: fails('exception ended'),
  },
  'not-re-measured': {
    title: 'Not measured again',
    short: 'Not re-measured',
    method: 'It was measured, and nobody could read it on the last night. It counts as neither resolved nor gone.',
    status: unknownStatus('not re-measured'),
  },
  resolved: {
    title: 'Resolved',
    short: 'Resolved',
    method: 'It was open, and passes on the last night or does not apply any more.',
    status: passes('resolved'),
  },
  gone: {
    title: 'Gone with its resource',
    short: 'Gone',
    method: 'The resource or the account is not there any more: nobody has fixed anything.',
    status: noStatus('gone'),
  },
  excepted: {
    title: 'Covered by an exception',
    short: 'Excepted',
    method: 'It is open as before, and an exception covers it now. It counts as failing all the same.',
    status: noStatus('excepted'),
  },
  'rule-changed': {
    title: 'Judged by another rule',
    short: 'Other rule',
    method:
      'The control has another version or threshold, or is asked for the first time or no longer: the accounts have not changed.',
    status: noStatus('other rule'),
  },
  'measured-again': {
    title: 'Measured again',
    short: 'Measured again',
    method: 'It could not be read before, and stands as it did where it was last seen.',
    status: noStatus('measured again'),
  },
  appeared: {
    title: 'There for the first time',
    short: 'Appeared',
    method: 'Something new that the control asks about, and not open.',
    status: noStatus('appeared'),
  },
};

export const shownKinds = Object.keys(kindWords) as readonly PeriodKind[];

/** How a finding stood that was never seen open. */
export const quietWords: Readonly<Record<QuietStatus, string>> = {
  pass: 'passed',
  'not-measured': 'not measured',
  'not-applicable': 'not applicable',
};

/** How many of several. */
export const quietTotal = (counts: StatusCounts): number =>
  quietStatuses.reduce((all, status) => all + counts[status], 0);

/** `36 others: 30 passed, 6 not measured`: plain counts of what was never seen open; null where there are none. */
export function othersWords(counts: StatusCounts): string | null {
  const parts = quietStatuses.filter((status) => counts[status] > 0);
  if (parts.length === 0) return null;
  return `${plural(quietTotal(counts), 'other')}: ${parts.map((status) => `${integer(counts[status])} ${quietWords[status]}`).join(', ')}`;
}

/** `since 2026-09-23`: what the period is compared with, in a clause. */
export const sinceWords = ({ base }: Pick<WeekSummary, 'base'>): string => (base === null ? '' : `since ${base.dt}`);

/** Are we safer than a week ago? The first sentence of both documents; it never claims more than was measured. */
export function weekHeadline({ week, last }: { readonly week: WeekSummary; readonly last: NightSummary }): string {
  const { base, changes, figures } = week;
  if (base === null) return 'One night alone: there is nothing to compare it with yet.';
  const { counts } = changes;
  const unread = counts['not-re-measured'];
  const worse = figures.filter((figure) => figure.verdict === 'worse' && speaksOfSafety(figure)).length;
  const [opened, resolved] = [counts.new + counts.reopened, counts.resolved];
  const said = [...findingFacts(week), ...(worse > 0 ? [`${plural(worse, 'figure is', 'figures are')} worse`] : [])];
  const facts = said.length === 0 ? 'no finding was opened or closed' : said.join(', ');
  return `${verdictOf({ opened, worse, unread, resolved, blind: isBlind(last) })} ${sinceWords(week)}: ${facts}.`;
}

/** `3 findings are new`, `1 came back`, `5 are resolved`: the first says of what. */
function findingFacts({ changes: { counts, newInJoined }, accounts: { joined } }: WeekSummary): string[] {
  const within = newInJoined === counts.new ? 'all' : integer(newInJoined);
  const where = newInJoined === 0 ? '' : ` (${within} in ${plural(joined, 'account')} that joined)`;
  const facts: readonly (readonly [count: number, one: string, many: string])[] = [
    [counts.new, `is new${where}`, `are new${where}`],
    [counts.reopened, 'came back', 'came back'],
    [counts.resolved, 'is resolved', 'are resolved'],
    [counts['not-re-measured'], 'that was open was not measured again', 'that were open were not measured again'],
  ];
  return facts
    .filter(([count]) => count > 0)
    .map(
      ([count, one, many], at) => `${at === 0 ? plural(count, 'finding') : integer(count)} ${count === 1 ? one : many}`,
    );
}

/** How much could be measured is no safety; and a figure on paper stands beside the effective one. */
const speaksOfSafety = ({ id, basis }: WeekFigure): boolean => basis === 'effective' && !id.startsWith('completeness.');

interface Balance {
  readonly opened: number;
  readonly worse: number;
  readonly unread: number;
  readonly resolved: number;
  readonly blind: boolean;
}

/** "Safer" needs that nothing opened, nothing got worse and nothing went dark; what was never read is said as well. */
function verdictOf({ opened, worse, unread, resolved, blind }: Balance): string {
  const bad = opened + worse > 0;
  if (bad && resolved > 0) return 'Safer in part, less safe in part';
  if (bad) return 'Less safe';
  if (unread > 0) return 'Not known whether we are safer';
  const seen = blind ? ', as far as could be measured,' : '';
  return resolved > 0 ? `Safer${seen}` : `Neither safer nor less safe${seen}`;
}

const isBlind = ({ completeness: { accounts } }: NightSummary): boolean =>
  accounts.partial + accounts.failed + accounts.skipped > 0;

/** What the period is made of: `7 nights, 1 failed, 2 dates without a night`. */
export function nightsWords({ nights, failed, missing }: WeekSummary): string {
  return [
    plural(nights.length, 'night'),
    ...(failed.length === 0 ? [] : [`${integer(failed.length)} failed`]),
    ...(missing.length === 0 ? [] : [plural(missing.length, 'date without a night', 'dates without a night')]),
  ].join(', ');
}

/** ` 1 account joined, 2 left.`, or nothing. */
function populationWords({ accounts: { joined, left } }: WeekSummary): string {
  const parts = [
    ...(joined > 0 ? [`${plural(joined, 'account')} joined`] : []),
    ...(left > 0 ? [`${joined > 0 ? integer(left) : plural(left, 'account')} left`] : []),
  ];
  return parts.length === 0 ? '' : ` ${parts.join(', ')}.`;
}

/** `Nights of 2026-09-24 to 2026-09-30: 7 nights. Compared with the night of 2026-09-23.` */
export function periodWords(week: WeekSummary): string {
  const { period, base, baseIn } = week;
  const compared =
    base === null
      ? 'There is no other night of this scope.'
      : baseIn === 'before'
        ? `Compared with the night of ${base.dt}, the last before.`
        : `Compared with the first of them, of ${base.dt}: there is none before.`;
  return `Nights of ${period.from} to ${period.to}: ${nightsWords(week)}. ${compared}${populationWords(week)}`;
}

const verdictStatus: Readonly<Record<WeekFigure['verdict'], StatusView>> = {
  better: passes('better'),
  worse: fails('worse'),
  same: noStatus('the same'),
  'not-known': unknownStatus('not known'),
};

export const verdictView = ({ verdict }: Pick<WeekFigure, 'verdict'>): StatusView => verdictStatus[verdict];

/** What happened on which night: `resolved 2026-09-26, reopened 2026-09-28`. */
export const stepsWords = ({ steps }: Pick<ChangeRow, 'steps'>): string =>
  steps.map(({ dt, kind }) => `${kindWords[kind].short.toLowerCase()} ${dt}`).join(', ');

/** The order in which a person would take changes up: what is or was open first, of it the most severe. */
export const bySeverity = (a: ChangeRow, b: ChangeRow): number =>
  Number(b.open) - Number(a.open) ||
  severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
  (a.id < b.id ? -1 : 1);
