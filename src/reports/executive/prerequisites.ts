import { practiceIds } from '../../domain/practice.ts';
import type { NightSummary } from '../../domain/summary.ts';
import { aiKeysKnown, keyCount, keysUnread } from '../ai-keys.ts';
import { findFigure } from '../figures.ts';
import { integer, plural } from '../numbers.ts';
import { practiceStatus } from '../practice-words.ts';
import { countsOf, judgedAccounts, type Practice, partAccounts, practiceIn } from '../practices.ts';
import { unseen } from '../scope.ts';
import type { StatusView } from '../status.ts';
import { capital } from '../words.ts';

export interface PrerequisiteView {
  readonly number: string;
  readonly title: string;
  readonly status: StatusView;
  readonly why: string;
}

/** The three things that should be so before AI services are opened to the organisation (domain facts C.4). */
export function prerequisites(summary: NightSummary): PrerequisiteView[] {
  const credentials = practiceIn(summary, 'no-long-term-ai-credentials');
  const events = practiceIn(summary, 'ai-data-events-logged');
  return [
    { number: '1', title: 'AI workspaces behind allow-lists', ...workspaces(summary) },
    { number: '2', title: 'No long-term AI credentials', ...judged(credentials, keys(summary), making(credentials)) },
    { number: '3', title: 'AI data events are logged', ...judged(events, logging(summary)) },
  ];
}

/** The practice's own word and accounts. What it calls in place must hold by the figures as well, which may leave more open. */
function judged(practice: Practice, answer: Answer, more: string | null = null): Answer {
  const status = practice.state === 'in-place' ? answer.status : practiceStatus[practice.state];
  const why = [countsOf(practice), answer.why, ...(more === null ? [] : [more])].join(' ');
  return { status, why };
}

const { 'in-place': holds, 'not-measured': unclear, open: broken } = practiceStatus;

/** Whether AI may be opened, as far as the three lines tell: `Not yet: none of the three is in place everywhere.` */
export function verdict(summary: NightSummary, lines: readonly PrerequisiteView[]): string {
  const closed = lines.filter(({ status }) => status.tone === 'pass');
  if (closed.length === lines.length) return 'All three are in place wherever they apply.';
  const answer = lines.some(({ status }) => status.tone === 'fail') ? 'Not yet' : 'Not known';
  const numbers = closed.map(({ number }) => number).join(' and ');
  const everywhere =
    closed.length === 0
      ? 'none of the three is in place everywhere'
      : `of the three, ${numbers} ${closed.length === 1 ? 'alone is' : 'are'} in place everywhere`;
  return `${answer}: ${everywhere}${togetherWords(summary)}.`;
}

/** No more of the accounts judged can have all three than may have the rarest. */
function togetherWords(summary: NightSummary): string {
  const practices = practiceIds.map((id) => practiceIn(summary, id));
  const all = Math.max(...practices.map(judgedAccounts));
  const most = Math.min(...practices.map(({ accounts }) => accounts['in-place'] + accounts['not-measured']));
  if (most === all) return '';
  return `; all three together in ${most === 0 ? 'none' : `at most ${integer(most)}`} of ${plural(all, 'account')}`;
}

function workspaces(summary: NightSummary): Answer {
  const found = practiceIn(summary, 'workspace-administration');
  const bound = found.management === 'not-applicable' ? ' No SCP binds the management account.' : '';
  const why = `${countsOf(found)}${bound}`;
  if (found.state !== 'in-place') return { status: practiceStatus[found.state], why };
  return { status: unseen(summary) > 0 ? unclear : holds, why };
}

/** Where new keys are stopped, of the accounts that SCPs bind: `Making them is denied in 7 of 22 accounts.` */
function making(practice: Practice): string | null {
  const accounts = partAccounts(practice, 'no-ai-key-creation');
  if (accounts === undefined) return null;
  const all = Object.values(accounts).reduce((sum, count) => sum + count, 0);
  const dark = accounts['not-measured'];
  if (dark === all) return 'Whether new ones can be made is not measured.';
  const rest = dark === 0 ? '' : `, not measured in ${integer(dark)}`;
  return `Making them is denied in ${integer(accounts['in-place'])} of ${plural(all, 'account')}${rest}.`;
}

type Answer = Pick<PrerequisiteView, 'status' | 'why'>;

function keys(summary: NightSummary): Answer {
  const { aiKeysLive, aiKeyUsersUnread } = summary.counts;
  if (aiKeysLive > 0) {
    const which = aiKeysLive === 1 ? 'this key' : `these ${plural(aiKeysLive, 'key')}`;
    const denied = `no guardrail denies the use of ${integer(summary.counts.aiKeysLiveNotDenied)} of ${which}`;
    const why = `${keyCount(summary, aiKeysLive, 'live key')} on ${usersWith(summary)}; ${denied}`;
    return { status: broken, why: `${capital(why)}.` }; // what was not read stands with the question on credentials
  }
  const known = aiKeysKnown(summary);
  if (known === 'none') return { status: unclear, why: `Not measured: ${keysUnread(summary) ?? 'no user was read'}.` };
  if (known === 'whole') {
    return { status: holds, why: `No live key on ${plural(summary.counts.users, 'user')}, all read.` };
  }
  return { status: unclear, why: `No live key seen, but ${doubt(summary, aiKeyUsersUnread, 'user')}.` };
}

function usersWith(summary: NightSummary): string {
  const found = findFigure(summary, 'credential.ai-key-user-rate');
  return found.state === 'known' ? keyCount(summary, found.metric.numerator, 'user') : 'users we could not count';
}

function logging(summary: NightSummary): Answer {
  const found = findFigure(summary, 'logging.ai-data-event-coverage');
  if (found.state !== 'known') return { status: unclear, why: 'Not measured: no place could be checked.' };
  const { numerator, denominator, unknown, open } = found.metric;
  const missing = denominator - numerator;
  if (missing > 0) {
    const unread = unknown > 0 ? `, ${integer(unknown)} not measured` : '';
    return {
      status: broken,
      why: `${integer(missing)} of ${integer(denominator + unknown)} places ${open ? 'we could see ' : ''}not fully covered${unread}.`,
    };
  }
  const { accountsAssumed } = summary.completeness.regions;
  const closed = !open && unknown === 0 && unseen(summary) === 0 && accountsAssumed === 0;
  if (closed)
    return { status: holds, why: `All ${integer(denominator)} places (account × Region × class) are covered.` };
  if (accountsAssumed > 0) {
    return {
      status: unclear,
      why: `Covered where we looked, but the Regions of ${plural(accountsAssumed, 'account')} were assumed.`,
    };
  }
  return { status: unclear, why: `Covered where we looked, but ${doubt(summary, unknown, 'place')}.` };
}

function doubt(summary: NightSummary, unread: number, unit: string): string {
  const accounts = unseen(summary);
  if (unread > 0) return `${plural(unread, unit)} could not be read`;
  return accounts > 0 ? `${plural(accounts, 'account')} could not be looked at` : 'not everything could be read';
}
