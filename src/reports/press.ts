import type { PdfMeta } from '../ports/pdf-printer.ts';
import type { Templates } from '../ports/templates.ts';
import { type PageRenderer, pageRenderer } from './engine.ts';
import type { Document } from './input.ts';
import { type Markup, markup } from './markup.ts';
import { embedded, styleSheet } from './styles.ts';

/** The HTML that a PDF is printed from, and what the PDF says of itself. */
export interface Printable {
  readonly html: string;
  readonly meta: PdfMeta;
}

/** Puts views on pages of one report. */
export interface Press {
  readonly title: string;
  readonly css: string;
  /** A page that stands alone: styles, fonts and script inside. */
  whole(page: string, view: object): string;
  /** A page that shares its style sheet with thousands of others. */
  light(page: string, title: string, view: object): string;
}

/** The press of one report. `audience`: whose style the pages have. */
export function pressFor(audience: string, title: string, templates: Templates): Press {
  const render: PageRenderer = pageRenderer(templates);
  const css = styleSheet(templates);
  const script: Markup | null = audience === 'team' ? markup(templates.text('scripts/team.js')) : null;
  return {
    title,
    css,
    whole: (page, view) =>
      render(page, { title, audience, styles: embedded(css), styleSheet: null, script, page: view }),
    light: (page, name, view) =>
      render(page, {
        title: `${name}, ${title}`,
        audience,
        styles: null,
        styleSheet: '../assets/report.css',
        script,
        page: view,
      }),
  };
}

/** An HTML document. */
export const html = (path: string, text: string): Document => ({
  path,
  mediaType: 'text/html; charset=utf-8',
  bytes: Buffer.from(text),
});
