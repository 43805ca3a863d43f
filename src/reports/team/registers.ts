import { countedKinds } from '../../domain/identity.ts';
import { isDate } from '../../domain/iso-date.ts';
import type { NightSummary } from '../../domain/summary.ts';
import type { CredentialRow } from '../../domain/tables.ts';
import { aiKeysKnown, keyCount, keysUnread } from '../ai-keys.ts';
import { ageingStrip } from '../charts/ageing.ts';
import { type FigureView, figureView, findFigure, isCountedIn, leastOf } from '../figures.ts';
import type { Markup } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { nothingMeasured, unseen } from '../scope.ts';
import { type IdentityView, identityView, type KeyView, keyView } from '../tables.ts';
import { capital, kindWords } from '../words.ts';
import { first, type Ledger } from './ledger.ts';
import type { HrefOf } from './matrix-view.ts';

/** The register of AI keys. */
export interface KeysView {
  readonly title: string;
  readonly chart: Markup | null;
  readonly figure: FigureView;
  readonly rows: readonly KeyView[];
  readonly rest: string | null;
  readonly counts: string;
  readonly nothing: string;
}

/** The list of unused identities, with the rate of each kind. */
export interface UnusedView {
  readonly title: string;
  readonly figure: FigureView;
  readonly kinds: readonly { readonly kind: string; readonly figure: FigureView }[];
  readonly rows: readonly IdentityView[];
  readonly rest: string | null;
  readonly nothing: string;
}

const restOf = (total: number, shown: number, what: string): string | null =>
  total > shown
    ? `${integer(shown)} of ${integer(total)} ${what} are listed here; all of them stand on their account's page and in the result tables.`
    : null;

export function keysView(summary: NightSummary, ledger: Ledger, hrefOf: HrefOf): KeysView {
  const rows = first(ledger.keys);
  const live = rows.filter((row) => row.live);
  const title = keysTitle(summary);
  const aged = live.flatMap(agedKey);
  return {
    title,
    chart:
      aged.length === 0
        ? null
        : ageingStrip({ label: `${title}, by the day they were made`, today: summary.run.clock, credentials: aged }),
    figure: figureView(summary, { id: 'credential.ai-key-user-rate', what: 'IAM users with a live AI key' }),
    rows: rows.map((row) => keyView(row, hrefOf(row.account))),
    rest: restOf(ledger.keys.total, rows.length, 'AI keys'),
    nothing: aiKeysKnown(summary) === 'none' ? 'Not measured.' : nothingWords(summary),
    counts: countsWords(summary),
  };
}

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
    `${integer(counts.aiKeysLiveOnPhantomUsers)} on phantom users; ${plural(counts.phantomUsersWithoutLiveKey, 'phantom user')} without a live key`;
  return `${known === 'whole' ? '' : 'At least '}${seen}${unread === null ? '' : `; ${unread}`}.`;
}

export function unusedView(summary: NightSummary, ledger: Ledger, hrefOf: HrefOf): UnusedView {
  const rows = first(ledger.unused);
  const id = 'identity.unused-rate';
  const found = findFigure(summary, id);
  const days = plural(summary.run.window, 'day');
  return {
    title:
      found.state === 'known'
        ? `${capital(leastOf(found.metric))}${plural(found.metric.numerator, 'identity', 'identities')} not used in ${days}`
        : `Identities not used in ${days}: not measured`,
    figure: figureView(summary, { id, what: 'Identities not used in the window' }),
    kinds: countedKinds
      .filter((kind) => isCountedIn(summary, id, `kind:${kind}`))
      .map((kind) => ({
        kind: kindWords[kind] ?? kind,
        figure: figureView(summary, { id, what: `${kindWords[kind]} not used`, scope: `kind:${kind}` }),
      })),
    rows: rows.map((row) => identityView(row, summary.run.clock, hrefOf(row.account))),
    rest: restOf(ledger.unused.total, rows.length, 'unused identities'),
    nothing: found.state === 'not-measured' ? 'Not measured.' : nothingWords(summary),
  };
}

/** What an empty list may claim: nothing at all, nothing in what was read, or truly none. */
function nothingWords(summary: NightSummary): string {
  if (nothingMeasured(summary)) return 'Not measured.';
  return unseen(summary) + summary.completeness.gaps.length > 0 ? 'None was seen in what could be read.' : 'None.';
}
