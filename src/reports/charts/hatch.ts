/** Where a hatch lies; positions may be percentages. */
export interface HatchPlace {
  readonly x: string;
  readonly y: number;
  readonly width: string;
  readonly height: number;
}

/**
 * What is not known: one look everywhere. Lines behind a window (`#hatching` of the layout), not a pattern that repeats: Chromium prints each of
 * those as a picture of the whole page.
 */
export function hatch({ x, y, width, height }: HatchPlace, look = 'hatch'): string {
  return `<svg class="hatched" x="${x}" y="${y}" width="${width}" height="${height}"><use href="#hatching"/><rect class="${look}" width="100%" height="100%"/></svg>`;
}
