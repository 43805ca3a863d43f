import { escapeText, type Markup, markup } from '../markup.ts';
import { hatch } from './hatch.ts';

/** A published figure, drawn as a thin labelled tick. */
export interface Reference {
  readonly at: number;
  readonly label: string;
}

export interface RateBar {
  /** Says what the bar shows, in words: the text alternative. */
  readonly label: string;
  /** null: nothing is known, the whole bar is hatched. */
  readonly bounds: readonly [lower: number, upper: number] | null;
  /** Accounts nobody ever measured could move the rate anywhere: the frame is broken, and no part is drawn as certain; the bounds are those printed. */
  readonly open: boolean;
  /** Nobody to count: an empty frame, not 0 %. */
  readonly empty?: boolean;
  readonly reference?: Reference;
}

const x = (fraction: number): string => `${Math.round(fraction * 1e4) / 100}%`;

/** A rate with its bounds: solid to the lower one, hatched to the upper. Positions are percentages, so text keeps its size. */
export function rateBar({ label, reference, ...rate }: RateBar): Markup {
  const top = reference === undefined ? 1 : 18;
  return markup(
    [
      `<svg class="rate" role="img" aria-label="${escapeText(label)}" width="100%" height="${top + 15}">`,
      `<title>${escapeText(label)}</title>`,
      barParts(rate, { top, height: 14 }),
      tick(reference),
      '</svg>',
    ].join(''),
  );
}

export type BarParts = Pick<RateBar, 'bounds' | 'open' | 'empty'>;

/** Frame, broken where the figure is open, solid part, hatch and, where the bounds meet, an edge. */
export function barParts(
  { bounds, open, empty = false }: BarParts,
  { top, height }: { readonly top: number; readonly height: number },
): string {
  const [lower, upper] = bounds ?? [0, empty ? 0 : 1];
  const bar = (from: number, to: number, look: string): string =>
    to <= from ? '' : `<rect class="${look}" x="${x(from)}" y="${top}" width="${x(to - from)}" height="${height}"/>`;
  return [
    `<rect class="${open ? 'frame open' : 'frame'}" x="0" y="${top}" width="100%" height="${height}"/>`,
    bar(0, lower, open ? 'solid doubt' : 'solid'),
    upper <= lower ? '' : hatch({ x: x(lower), y: top, width: x(upper - lower), height }),
    lower === upper && bounds !== null
      ? `<rect class="edge" x="${x(Math.min(lower, 0.998))}" y="${top - 2}" width="2" height="${height + 4}"/>`
      : '',
  ].join('');
}

function tick(reference: Reference | undefined): string {
  if (reference === undefined) return '';
  const [anchor, shift] = reference.at > 0.6 ? ['end', '-6'] : ['start', '6'];
  return [
    `<line class="tick" x1="${x(reference.at)}" x2="${x(reference.at)}" y1="2" y2="33"/>`,
    `<text class="tick-label" x="${x(reference.at)}" dx="${shift}" y="12" text-anchor="${anchor}">${escapeText(reference.label)}</text>`,
  ].join('');
}
