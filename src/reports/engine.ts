import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import type { Templates } from '../ports/templates.ts';
import { compiled } from './generated/templates.js';
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

const withoutCompiler = runtime as unknown as typeof Handlebars; // its types are an empty module
const folders = ['layouts', 'pages', 'partials'];
const suffix = '.hbs';

const renderers = new WeakMap<Templates, PageRenderer>();

/** The renderer of some templates, which every report and portal page shares: they take long to make ready. */
export function pageRenderer(templates: Templates): PageRenderer {
  const renderer = renderers.get(templates) ?? rendererOf(templates);
  renderers.set(templates, renderer);
  return renderer;
}

/** Strict: a field that a template names and a view lacks throws. Everything is escaped. */
function rendererOf(templates: Templates): PageRenderer {
  const texts = new Map(
    folders.flatMap((folder) =>
      templates
        .names(folder)
        .filter((file) => file.endsWith(suffix))
        .map((file) => [`${folder}/${file.slice(0, -suffix.length)}`, templates.text(`${folder}/${file}`)]),
    ),
  );
  const specifications = new Map([...texts].map(([name, text]) => [name, compiled[sha256(text)]]));
  const handlebars = [...specifications.values()].includes(undefined) ? compiler() : withoutCompiler.create();
  handlebars.registerHelper('breakable', (text: string) => arn(text));
  const templateOf = (name: string): HandlebarsTemplateDelegate<object> => {
    const [text, specification] = [texts.get(name), specifications.get(name)];
    if (text === undefined) throw new Error(`no template \`${name}${suffix}\``);
    return specification === undefined
      ? handlebars.compile<object>(text, { strict: true })
      : handlebars.template<object>(specification);
  };
  for (const name of texts.keys()) {
    const [folder, partial = ''] = name.split('/');
    if (folder === 'partials') handlebars.registerPartial(partial, templateOf(name));
  }
  const layout = templateOf('layouts/page');
  const pages = new Map<string, HandlebarsTemplateDelegate<object>>();
  return (page, view) => {
    const body = pages.get(page) ?? templateOf(`pages/${page}`);
    pages.set(page, body);
    return layout({ ...view, body: markup(body(view.page)) });
  };
}

/** Handlebars with its compiler: for templates that were changed since `scripts/templates.mjs` ran. */
const compiler = (): typeof Handlebars => (createRequire(import.meta.url)('handlebars') as typeof Handlebars).create();

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
