import type { CoverageStatus } from '../../domain/tables.ts';
import { escapeText, type Markup, markup } from '../markup.ts';
import { integer } from '../numbers.ts';
import { hatch } from './hatch.ts';

export type Cells = Readonly<Record<CoverageStatus, number>>;

const order = ['covered', 'partial', 'not-covered', 'not-measured'] as const satisfies readonly CoverageStatus[];

export const coverageWords: Readonly<Record<CoverageStatus, string>> = {
  covered: 'covered',
  partial: 'partly covered',
  'not-covered': 'not covered',
  'not-measured': 'not measured',
};

export const cellTotal = (cells: Cells): number => order.reduce((sum, status) => sum + cells[status], 0);

/** `12 covered, 3 not covered`: the strip in words. */
export const cellWords = (cells: Cells): string =>
  order
    .filter((status) => cells[status] > 0)
    .map((status) => `${integer(cells[status])} ${coverageWords[status]}`)
    .join(', ') || 'no cell';

/** The cells of one event class as one strip: covered solid, partly light, not covered empty, not measured hatched. */
export function classStrip(title: string, cells: Cells): Markup {
  const total = cellTotal(cells);
  const label = `${title}: ${cellWords(cells)}`;
  let from = 0;
  const parts = order.map((status) => {
    const width = total === 0 ? 0 : cells[status] / total;
    const part =
      width === 0
        ? ''
        : status === 'not-measured'
          ? hatch({ x: percent(from), y: 1, width: percent(width), height: 12 }, status)
          : `<rect class="${status}" x="${percent(from)}" y="1" width="${percent(width)}" height="12"/>`;
    from += width;
    return part;
  });
  return markup(
    `<svg class="strip" role="img" aria-label="${escapeText(label)}" width="100%" height="14"><title>${escapeText(label)}</title>` +
      `<rect class="frame" x="0" y="1" width="100%" height="12"/>${parts.join('')}</svg>`,
  );
}

const percent = (fraction: number): string => `${Math.round(fraction * 1e4) / 100}%`;
