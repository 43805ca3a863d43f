import type { ExceptionSummary, NightSummary } from '../domain/summary.ts';
import { daysBetween, integer, plural } from './numbers.ts';
import { noStatus, type StatusView } from './status.ts';

/** One exception of the file as a page shows it. */
export interface ExceptionView {
  readonly id: string;
  readonly status: StatusView;
  /** What it covers tonight, in words. */
  readonly covers: string;
  readonly controls: string;
  /** Accounts and resources that it is limited to, in words. */
  readonly where: string;
  readonly owner: string;
  readonly approver: string;
  readonly reason: string;
  /** Its last day, and how far that is. */
  readonly until: string;
}

/** What needs somebody first: what ends soon, what covers nothing, what is over; then the rest. Within each, by date. */
const order: readonly ExceptionSummary['status'][] = ['expiring-soon', 'unused', 'expired', 'active'];

const statusWords: Readonly<Record<ExceptionSummary['status'], string>> = {
  'expiring-soon': 'ends soon',
  unused: 'unused',
  expired: 'over',
  active: 'active',
};

/** The exceptions of a night, those that need somebody first. */
export const exceptionViews = ({ exceptions, run }: NightSummary): ExceptionView[] =>
  exceptions.toSorted(byNeed).map((exception) => ({
    id: exception.id,
    status: noStatus(statusWords[exception.status]),
    covers: coverWords(exception),
    controls: exception.controls.join(', '),
    where: whereWords(exception),
    owner: exception.owner,
    approver: exception.approver,
    reason: exception.reason,
    until: untilWords(exception, run.clock),
  }));

const byNeed = (a: ExceptionSummary, b: ExceptionSummary): number =>
  order.indexOf(a.status) - order.indexOf(b.status) || (a.expires < b.expires ? -1 : a.expires > b.expires ? 1 : 0);

function coverWords({ status, findings, notMeasured, returned }: ExceptionSummary): string {
  const open = status === 'expired' ? `${plural(returned, 'finding')} came back` : plural(findings, 'finding');
  return notMeasured === 0 ? open : `${open}, ${integer(notMeasured)} not measured that it may cover`;
}

function whereWords({ accounts, resources }: ExceptionSummary): string {
  const where = [
    ...(accounts === null ? [] : [`in ${accounts.join(', ')}`]),
    ...(resources === null ? [] : [`on ${resources.join(', ')}`]),
  ];
  return where.length === 0 ? 'anywhere' : where.join(' ');
}

function untilWords({ expires }: ExceptionSummary, clock: string): string {
  const days = daysBetween(`${clock.slice(0, 10)}T00:00:00Z`, `${expires}T00:00:00Z`);
  if (days === null) return expires;
  if (days === 0) return `${expires}, today`;
  return days > 0 ? `${expires}, in ${plural(days, 'day')}` : `${expires}, ${plural(-days, 'day')} ago`;
}

/** What is excepted and what needs somebody, as a heading: `23 of 3 219 failing findings are excepted; 1 exception ends soon`. */
export function exceptionsTitle({ exceptions, excepted, findings }: NightSummary): string {
  if (exceptions.length === 0) return 'No exceptions';
  const said: readonly (readonly [ExceptionSummary['status'], string, string])[] = [
    ['expiring-soon', 'ends soon', 'end soon'],
    ['unused', 'covers nothing', 'cover nothing'],
    ['expired', 'is over', 'are over'],
  ];
  const standing = said.flatMap(([status, one, many]) => {
    const count = exceptions.filter((it) => it.status === status).length;
    return count === 0 ? [] : [`${integer(count)} ${count === 1 ? one : many}`];
  });
  return [
    `${integer(excepted.findings)} of ${plural(findings.fail, 'failing finding')} ${excepted.findings === 1 ? 'is' : 'are'} excepted`,
    ...(standing.length === 0 ? [] : [`of ${plural(exceptions.length, 'exception')}, ${standing.join(', ')}`]),
  ].join('; ');
}

/** One clause for page one, where anything is excepted. */
export const exceptedClause = ({ excepted, findings }: NightSummary): string | null =>
  excepted.findings === 0
    ? null
    : `${integer(excepted.findings)} of ${plural(findings.fail, 'failing finding')} ${excepted.findings === 1 ? 'stands' : 'stand'} by agreement; the figures count ${excepted.findings === 1 ? 'it' : 'them'} all the same.`;
