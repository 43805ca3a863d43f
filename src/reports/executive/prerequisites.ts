import type { NightSummary } from '../../domain/summary.ts';
import { aiKeysKnown, keyCount, keysUnread } from '../ai-keys.ts';
import { findFigure } from '../figures.ts';
import { integer, plural } from '../numbers.ts';
import { unseen } from '../scope.ts';
import { fails, passes, type StatusView, unknownStatus } from '../status.ts';
import { capital } from '../words.ts';

export interface PrerequisiteView {
  readonly number: string;
  readonly title: string;
  readonly status: StatusView;
  readonly why: string;
}

const holds = passes('holds');
const broken = fails('does not hold');
const unclear = unknownStatus('not known');

/** The three things that should be so before AI services are opened to the organisation (domain facts C.4). */
export function prerequisites(summary: NightSummary): PrerequisiteView[] {
  return [
    {
      number: '1',
      title: 'Only named principals administer AI workspaces',
      status: unclear,
      why: 'Guardrail policies are not evaluated by this version.',
    },
    { number: '2', title: 'No long-term AI credentials', ...keys(summary) },
    { number: '3', title: 'AI data events are logged', ...logging(summary) },
  ];
}

type Answer = Pick<PrerequisiteView, 'status' | 'why'>;

function keys(summary: NightSummary): Answer {
  const { aiKeysLive, aiKeyUsersUnread } = summary.counts;
  if (aiKeysLive > 0) {
    const unread = keysUnread(summary);
    const why = `${keyCount(summary, aiKeysLive, 'live key')} on ${usersWith(summary)}${unread === null ? '' : `; ${unread}`}`;
    return { status: broken, why: `${capital(why)}.` };
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
