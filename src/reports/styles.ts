import type { Templates } from '../ports/templates.ts';
import { type Markup, markup } from './markup.ts';

interface Face {
  readonly family: string;
  readonly weight: number;
  readonly file: string;
}

// WOFF, not WOFF2: for these small subsets it is no larger, and the PDF's footer can be set from the same bytes.
const faces: readonly Face[] = [
  { family: 'IBM Plex Sans', weight: 400, file: 'ibm-plex-sans-latin-400-normal.woff' },
  { family: 'IBM Plex Sans', weight: 600, file: 'ibm-plex-sans-latin-600-normal.woff' },
  { family: 'IBM Plex Mono', weight: 400, file: 'ibm-plex-mono-latin-400-normal.woff' },
];

/** The whole style sheet: fonts inside, so that a page opens offline; then `styles/*.css` in the order of their names. */
export function styleSheet(templates: Templates): string {
  const sheets = templates.names('styles').map((file) => templates.text(`styles/${file}`));
  return [...faces.map((face) => fontFace(face, templates)), ...sheets].join('\n');
}

/** The style sheet for a `<style>` element. Our own files only, which the closing tag must not end early. */
export const embedded = (css: string): Markup => markup(css.replaceAll('</', '<\\/'));

function fontFace({ family, weight, file }: Face, templates: Templates): string {
  const data = Buffer.from(templates.font(file)).toString('base64');
  return `@font-face{font-family:"${family}";font-weight:${weight};font-style:normal;font-display:swap;src:url(data:font/woff;base64,${data}) format("woff")}`;
}
