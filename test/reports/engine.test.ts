import type { Templates } from '../../src/ports/templates.ts';
import { pageRenderer } from '../../src/reports/engine.ts';
import { compiled } from '../../src/reports/generated/templates.js';
import { renderReport } from '../../src/reports/render.ts';
import { organisation } from './support/organisations.ts';
import { documentsOf, templates } from './support/templates.ts';

const night = organisation(3);

/** The templates with some texts changed. */
const changed = (change: (name: string, text: string) => string): Templates => ({
  ...templates,
  text: (name) => change(name, templates.text(name)),
});

async function pagesBy(from: Templates): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for await (const { path, bytes } of renderReport('team', night, from)) pages.set(path, Buffer.from(bytes).toString());
  return pages;
}

test('a compiled template renders what its text says', async () => {
  const files = ['layouts', 'pages', 'partials'].flatMap((folder) => templates.names(folder));
  expect(Object.keys(compiled)).toHaveLength(files.filter((file) => file.endsWith('.hbs')).length);
  const byCompiler = await pagesBy(
    changed((name, text) => (name.endsWith('.hbs') ? `${text}{{! no text that was compiled }}` : text)),
  );
  const documents = await documentsOf('team', night);
  expect(documents.length).toBeGreaterThan(5);
  for (const { path, bytes } of documents) expect(Buffer.from(bytes).toString()).toBe(byCompiler.get(path));
});

test('a template that was changed since is rendered as it is now', async () => {
  const pages = await pagesBy(
    changed((name, text) => (name === 'partials/masthead.hbs' ? `${text}<p>changed since</p>` : text)),
  );
  expect(pages.get('index.html')).toContain('<p>changed since</p>');
});

test('a page without a template is an error that names it', () => {
  const view = { title: '', audience: '', styles: null, styleSheet: null, script: null, page: {} };
  expect(() => pageRenderer(templates)('nowhere', view)).toThrow('no template `pages/nowhere.hbs`');
});
