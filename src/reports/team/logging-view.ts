import type { NightSummary } from '../../domain/summary.ts';
import { cellWords, classStrip } from '../charts/class-strip.ts';
import { className } from '../charts/matrix.ts';
import { type FigureView, figureView, findFigure, leastOf } from '../figures.ts';
import type { Markup } from '../markup.ts';
import { percent, plural } from '../numbers.ts';
import { unseen } from '../scope.ts';
import { capital } from '../words.ts';
import type { Ledger } from './ledger.ts';
import { loggingPath } from './logging-pages.ts';
import { type HrefOf, type MatrixView, matrixView } from './matrix-view.ts';

/** What is logged: two rates, the cells by event class, and the matrix of accounts. */
export interface LoggingView {
  readonly title: string;
  readonly figures: readonly { readonly name: string; readonly figure: FigureView }[];
  readonly classes: readonly {
    readonly name: string;
    readonly counted: string;
    readonly strip: Markup;
    readonly words: string;
  }[];
  readonly matrix: MatrixView | null;
  /** Where every class stands with its reasons and fixes; null in print. */
  readonly more: string | null;
}

export function loggingView(summary: NightSummary, ledger: Ledger, hrefOf: HrefOf): LoggingView {
  const figure = (id: string, what: string): FigureView => figureView(summary, { id, what });
  const ai = figure('logging.ai-data-event-coverage', 'AI data events logged');
  return {
    title: loggingTitle(summary),
    figures: [
      { name: 'AI data events, core classes', figure: ai },
      { name: 'Management events', figure: figure('logging.management-coverage', 'Management events logged') },
    ],
    classes: summary.logging.map(({ eventClass, core, cells }) => ({
      name: className(eventClass),
      counted: core || eventClass === 'management' ? '' : 'shown, not counted',
      strip: classStrip(className(eventClass), cells),
      words: cellWords(cells),
    })),
    matrix: matrixView(summary, ledger, hrefOf),
    more: hrefOf('') === null ? null : loggingPath(1),
  };
}

function loggingTitle(summary: NightSummary): string {
  const found = findFigure(summary, 'logging.ai-data-event-coverage');
  if (found.state !== 'known') return 'Logging of AI activity: not measured';
  const missing = found.metric.denominator - found.metric.numerator;
  if (missing > 0)
    return `${capital(leastOf(found.metric))}${plural(missing, 'cell')} where AI use would leave no full record (${percent(missing / found.metric.denominator)} of those measured)`;
  return found.metric.unknown > 0 || found.metric.open || unseen(summary) > 0
    ? 'AI use is logged wherever we could look'
    : 'AI use is logged everywhere';
}
