import { escapeText, type Markup, markup } from '../markup.ts';
import { type BarParts, barParts } from './rate-bar.ts';

export interface BasisBars {
  /** Says what both bars show, in words: the text alternative. */
  readonly label: string;
  readonly effective: BarParts;
  readonly nominal: BarParts;
}

/** One rate on both bases: effective as the bar, nominal as a thinner one below it for comparison. */
export function basisBars({ label, effective, nominal }: BasisBars): Markup {
  const text = escapeText(label);
  return markup(
    [
      `<svg class="rate bases" role="img" aria-label="${text}" width="100%" height="26">`,
      `<title>${text}</title>`,
      barParts(effective, { top: 2, height: 12 }),
      `<g class="nominal">${barParts(nominal, { top: 18, height: 5 })}</g>`,
      '</svg>',
    ].join(''),
  );
}
