import Handlebars from 'handlebars';
import type { Templates } from '../ports/templates.ts';
import { arn, type Markup, markup } from './markup.ts';

/** Turns a view into the HTML of one page: `pages/<page>.hbs` inside `layouts/page.hbs`. */
export type PageRenderer = (page: string, view: PageView) => string;

/** What every page hands to the layout. `styles` and `scripts` are finished text, or null. */
export interface PageView {
  readonly title: string;
  readonly audience: string;
  readonly styles: Markup | null;
  /** Address of the shared style sheet of pages that do not embed it. */
  readonly styleSheet: string | null;
  readonly script: Markup | null;
  readonly page: object;
}

const suffix = '.hbs';

const renderers = new WeakMap<Templates, PageRenderer>();

/** The renderer of some templates, which every report and portal page shares: compiling takes longer than rendering. */
export function pageRenderer(templates: Templates): PageRenderer {
  const renderer = renderers.get(templates) ?? compiled(templates);
  renderers.set(templates, renderer);
  return renderer;
}

/** Compiles each template when it is first wanted. Strict: a field that a template names and a view lacks throws. Everything is escaped. */
function compiled(templates: Templates): PageRenderer {
  const handlebars = Handlebars.create();
  handlebars.registerHelper('breakable', (text: string) => arn(text));
  for (const file of templates.names('partials')) {
    if (file.endsWith(suffix))
      handlebars.registerPartial(file.slice(0, -suffix.length), templates.text(`partials/${file}`));
  }
  const options = { strict: true, noEscape: false, knownHelpersOnly: false };
  const compile = (name: string) => handlebars.compile<object>(templates.text(name), options);
  const layout = compile('layouts/page.hbs');
  const pages = new Map<string, ReturnType<typeof compile>>();
  return (page, view) => {
    const body = pages.get(page) ?? compile(`pages/${page}.hbs`);
    pages.set(page, body);
    return layout({ ...view, body: markup(body(view.page)) });
  };
}
