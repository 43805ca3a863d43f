import { countedKinds } from '../../domain/identity.ts';
import type { NightSummary } from '../../domain/summary.ts';
import { ageingStrip } from '../charts/ageing.ts';
import { type FigureView, figureView, findFigure } from '../figures.ts';
import type { Markup } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { type IdentityView, identityView, type KeyView, keyView } from '../tables.ts';
import { kindWords, nothingMeasured, unseen } from '../words.ts';
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
  const {
    aiKeysLive,
    aiKeysLiveNeverExpiring,
    aiKeysLiveOnPhantomUsers,
    aiKeysExpired,
    aiKeysInactive,
    aiKeyUsersUnread,
    phantomUsersWithoutLiveKey,
  } = summary.counts;
  const title =
    aiKeysLive > 0
      ? `${plural(aiKeysLive, 'live AI key')}, ${integer(aiKeysLiveNeverExpiring)} of them without an end`
      : noKeys(summary);
  const aged = live.flatMap(({ created, expires }) => (created === null ? [] : [{ created, expires }]));
  return {
    title,
    chart:
      aged.length === 0
        ? null
        : ageingStrip({ label: `${title}, by the day they were made`, today: summary.run.clock, credentials: aged }),
    figure: figureView(summary, { id: 'credential.ai-key-user-rate', what: 'IAM users with a live AI key' }),
    rows: rows.map((row) => keyView(row, hrefOf(row.account))),
    rest: restOf(ledger.keys.total, rows.length, 'AI keys'),
    nothing: nothingWords(summary),
    counts:
      `${integer(aiKeysLive)} live, ${integer(aiKeysExpired)} expired, ${integer(aiKeysInactive)} inactive; ${integer(aiKeysLiveOnPhantomUsers)} on phantom users; ` +
      `${plural(phantomUsersWithoutLiveKey, 'phantom user')} without a live key; ${plural(aiKeyUsersUnread, 'user')} not read.`,
  };
}

const noKeys = (summary: NightSummary): string =>
  nothingMeasured(summary) ? 'AI keys: not measured' : 'No live AI key was seen';

export function unusedView(summary: NightSummary, ledger: Ledger, hrefOf: HrefOf): UnusedView {
  const rows = first(ledger.unused);
  const id = 'identity.unused-rate';
  const found = findFigure(summary, id);
  const days = plural(summary.run.window, 'day');
  return {
    title:
      found.state === 'known'
        ? `${plural(found.metric.numerator, 'identity', 'identities')} not used in ${days}`
        : `Identities not used in ${days}: not measured`,
    figure: figureView(summary, { id, what: 'Identities not used in the window' }),
    kinds: countedKinds
      .filter((kind) => findFigure(summary, id, `kind:${kind}`).state === 'known')
      .map((kind) => ({
        kind: kindWords[kind] ?? kind,
        figure: figureView(summary, { id, what: `${kindWords[kind]} not used`, scope: `kind:${kind}` }),
      })),
    rows: rows.map((row) => identityView(row, summary.run.clock, hrefOf(row.account))),
    rest: restOf(ledger.unused.total, rows.length, 'unused identities'),
    nothing: nothingWords(summary),
  };
}

/** What an empty list may claim: nothing at all, nothing in what was read, or truly none. */
function nothingWords(summary: NightSummary): string {
  if (nothingMeasured(summary)) return 'Not measured.';
  return unseen(summary) + summary.completeness.gaps.length > 0 ? 'None was seen in what could be read.' : 'None.';
}
