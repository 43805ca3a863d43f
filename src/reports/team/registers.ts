import { figureKinds } from '../../domain/identity.ts';
import type { NightSummary } from '../../domain/summary.ts';
import { type FigureView, figureView, findFigure, isCountedIn, leastOf } from '../figures.ts';
import { integer, plural } from '../numbers.ts';
import { nothingWords } from '../scope.ts';
import { type IdentityView, identityView } from '../tables.ts';
import { capital, kindWords } from '../words.ts';
import { first, type Ledger } from './ledger.ts';
import type { HrefOf } from './matrix-view.ts';

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
    kinds: figureKinds
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
