import { isDate } from '../../domain/iso-date.ts';
import type { NightSummary } from '../../domain/summary.ts';
import type { CredentialRow } from '../../domain/tables.ts';
import { aiKeysKnown, keyCount, keysUnread } from '../ai-keys.ts';
import { ageingStrip } from '../charts/ageing.ts';
import { type FigureView, figureView } from '../figures.ts';
import { type KeyView, keyView, type PhantomView, type PowerView, phantomView, powerView } from '../keys.ts';
import { type Markup, name } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { nothingWords } from '../scope.ts';
import { fails, passes, type StatusView, unknownStatus } from '../status.ts';
import { capital } from '../words.ts';
import { countWords, knownIn } from './account-figures.ts';
import type { KeyAccount, KeyLedger } from './key-ledger.ts';
import type { HrefOf } from './matrix-view.ts';
import { first } from './top.ts';

/** The register of AI keys, and who could make more. */
export interface KeysView {
  readonly title: string;
  readonly chart: Markup | null;
  readonly figures: readonly { readonly name: string; readonly figure: FigureView }[];
  readonly rows: readonly KeyView[];
  readonly rest: string | null;
  readonly counts: string;
  readonly nothing: string;
  /** The joined figure: live keys, and whether a guardrail denies their use. */
  readonly notDenied: string;
  readonly accounts: readonly KeyAccountView[];
  readonly phantomsTitle: string;
  readonly phantoms: readonly PhantomView[];
  readonly phantomsRest: string | null;
  readonly powers: readonly PowerView[];
  readonly powersRest: string | null;
}

/** Live keys of one account. */
export interface KeyAccountView {
  readonly name: Markup;
  readonly account: string;
  readonly href: string | null;
  readonly live: string;
  readonly notDenied: string;
  readonly guardrail: StatusView;
}

const figures = {
  'credential.ai-key-user-rate': 'IAM users with a live AI key',
  'credential.ai-key-maker-rate': 'Identities that can make an AI key',
  'credential.ai-key-caller-rate': 'Identities that can call with an AI key',
};

export function keysView(summary: NightSummary, ledger: KeyLedger, hrefOf: HrefOf): KeysView {
  const rows = first(ledger.keys);
  const title = keysTitle(summary);
  const aged = rows.filter(({ row }) => row.live).flatMap(({ row }) => agedKey(row));
  const [phantoms, powers] = [first(ledger.phantoms), first(ledger.powers)];
  return {
    title,
    chart:
      aged.length === 0
        ? null
        : ageingStrip({ label: `${title}, by the day they were made`, today: summary.run.clock, credentials: aged }),
    figures: Object.entries(figures).map(([id, what]) => ({ name: what, figure: figureView(summary, { id, what }) })),
    rows: rows.map(({ row, holder }) => keyView(row, holder, hrefOf(row.account))),
    rest: restOf(ledger.keys.total, rows.length, 'AI keys'),
    nothing: aiKeysKnown(summary) === 'none' ? 'Not measured.' : nothingWords(summary),
    counts: countsWords(summary),
    notDenied: notDeniedWords(summary),
    accounts: first(ledger.accounts).map((it) => accountView(it, hrefOf)),
    phantomsTitle: phantomsTitle(summary),
    phantoms: phantoms.map((holder) => phantomView(holder, hrefOf(holder.account))),
    phantomsRest: restOf(ledger.phantoms.total, phantoms.length, 'phantom users'),
    powers: powers.map((row) => powerView(row, hrefOf(row.account))),
    powersRest: restOf(ledger.powers.total, powers.length, 'identities'),
  };
}

const restOf = (total: number, shown: number, what: string): string | null =>
  total > shown
    ? `${integer(shown)} of ${integer(total)} ${what} are listed here; all of them stand on their account's page and in the result tables.`
    : null;

/** A date that cannot be read has no place on the axis; the register shows it as it stands. */
const agedKey = ({ created, expires }: CredentialRow): { created: string; expires: string | null }[] =>
  created !== null && isDate(created) && (expires === null || isDate(expires)) ? [{ created, expires }] : [];

function keysTitle(summary: NightSummary): string {
  const { aiKeysLive, aiKeysLiveNeverExpiring } = summary.counts;
  const known = aiKeysKnown(summary);
  if (aiKeysLive > 0) {
    const live = capital(keyCount(summary, aiKeysLive, 'live AI key'));
    return `${live}, ${integer(aiKeysLiveNeverExpiring)} of ${known === 'whole' ? 'them' : 'those seen'} without an end`;
  }
  if (known === 'none') return 'AI keys: not measured';
  return known === 'whole' ? 'No AI key is live' : 'No live AI key was seen where we could look';
}

function countsWords(summary: NightSummary): string {
  const { counts } = summary;
  const [known, unread] = [aiKeysKnown(summary), keysUnread(summary)];
  if (known === 'none') return `Not measured: ${unread ?? 'no user was read'}.`;
  const seen =
    `${integer(counts.aiKeysLive)} live, ${integer(counts.aiKeysExpired)} expired, ${integer(counts.aiKeysInactive)} inactive; ` +
    `${integer(counts.aiKeysLiveOnPhantomUsers)} on phantom users`;
  return `${known === 'whole' ? '' : 'At least '}${seen}${unread === null ? '' : `; ${unread}`}.`;
}

/** `Of 21 live keys no guardrail denies the use of 19.` */
function notDeniedWords(summary: NightSummary): string {
  const { aiKeysLive, aiKeysLiveNotDenied } = summary.counts;
  const unread = keysUnread(summary);
  const rest = unread === null ? '' : ` Not counted: ${unread}.`;
  if (aiKeysLive === 0) return aiKeysKnown(summary) === 'none' ? 'Not measured.' : `No live key was seen.${rest}`;
  const of = `Of ${plural(aiKeysLive, 'live key')}${unread === null ? '' : ' that were seen'}`;
  if (aiKeysLiveNotDenied === 0) return `${of} a guardrail denies the use of every one.${rest}`;
  return `${of}, no guardrail denies the use of ${integer(aiKeysLiveNotDenied)}.${rest}`;
}

function accountView({ row, live, notDenied, grade }: KeyAccount, hrefOf: HrefOf): KeyAccountView {
  const known = knownIn(row, 'credential.ai-key-user-rate');
  return {
    name: name(row.name ?? row.account),
    account: row.account,
    href: hrefOf(row.account),
    live: countWords(known, live),
    notDenied: countWords(known, notDenied),
    guardrail: gradeStatus(grade),
  };
}

function gradeStatus(grade: KeyAccount['grade']): StatusView {
  if (grade === null || grade === 'not-measured') return unknownStatus('not measured');
  if (grade === 'enforced') return passes('enforced');
  return fails(
    grade === 'partial' || grade === 'enforced-with-exceptions' ? grade.replaceAll('-', ' ') : 'not enforced',
  );
}

/** `19 phantom users: 12 with a live key, 2 orphaned, 1 not measured; 3 gained an access key or a password`. */
function phantomsTitle({ counts }: NightSummary): string {
  const states = [
    { count: counts.phantomUsersLiveKey, words: 'with a live key' },
    { count: counts.phantomUsersInactiveOnly, words: 'with inactive keys only' },
    { count: counts.phantomUsersExpiredOnly, words: 'with expired keys only' },
    { count: counts.phantomUsersOrphaned, words: 'orphaned' },
    { count: counts.phantomUsersNotMeasured, words: 'not measured' },
  ];
  const total = states.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return 'Phantom users';
  const told = states.filter(({ count }) => count > 0).map(({ count, words }) => `${integer(count)} ${words}`);
  const { phantomUsersGained: gained, phantomUsersGainedNotMeasured: dark } = counts;
  const more = [
    ...(gained > 0 ? [`${integer(gained)} gained an access key or a password`] : []),
    ...(dark > 0 ? [`of ${integer(dark)} that is not measured`] : []),
  ];
  return `${plural(total, 'phantom user')}: ${told.join(', ')}${more.length === 0 ? '' : `; ${more.join(', ')}`}`;
}
