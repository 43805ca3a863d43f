import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type PDFArray, PDFBool, PDFDict, PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import type { Browser } from 'puppeteer-core';
import { startBrowser } from '../../../src/adapters/pdf/browser.ts';
import { takeFonts } from '../../../src/adapters/pdf/fonts.ts';
import { addFonts } from '../../../src/adapters/pdf/in-page.ts';
import { chromiumPrinter } from '../../../src/adapters/pdf/printer.ts';
import { periodKinds } from '../../../src/domain/change-table.ts';
import { PdfUnavailable } from '../../../src/ports/pdf-printer.ts';
import { type Audience, audiences, type ReportInput } from '../../../src/reports/input.ts';
import { printableReport } from '../../../src/reports/render.ts';
import { styleSheet } from '../../../src/reports/styles.ts';
import { printableWeek } from '../../../src/reports/week/render.ts';
import { followed } from '../../reports/support/followed.ts';
import { organisation } from '../../reports/support/organisations.ts';
import { documentsOf, templates, textOf } from '../../reports/support/templates.ts';
import { weekBefore, weekOf } from '../../reports/support/week.ts';
import { textOfPdf } from './pdf-text.ts';

// All tests that need a browser: they share one printer and one browser for looking at pages.

const printer = chromiumPrinter();
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser({});
}, 120_000);

afterAll(async () => {
  await browser.close();
  await printer.close();
});

async function printed(audience: Audience, input: ReportInput, by = printer): Promise<Uint8Array> {
  const { html, meta } = await printableReport(audience, input, templates);
  return by.print(html, meta);
}

const night = organisation(24);

describe.each(audiences)('the PDF of the %s report', (audience) => {
  test('is tagged, titled, bookmarked, dated by the clock, and its text can be extracted', async () => {
    const document = await PDFDocument.load(await printed(audience, night), { updateMetadata: false });
    const { catalog } = document;
    expect(catalog.lookup(PDFName.of('MarkInfo'), PDFDict).lookup(PDFName.of('Marked'), PDFBool).asBoolean()).toBe(
      true,
    );
    expect(catalog.has(PDFName.of('StructTreeRoot'))).toBe(true);
    expect(catalog.has(PDFName.of('Outlines'))).toBe(true);
    expect(document.getTitle()).toMatch(/report, Organisation o-a1b2c3d4e5, 2026-11-24 02:00 UTC$/);
    expect(document.getLanguage()).toBe('en');
    expect(document.getCreationDate()?.toISOString()).toBe('2026-11-24T02:00:00.000Z');
    const pages = textOfPdf(document);
    for (const [at, text] of pages.entries()) expect(text).toContain(`Page ${at + 1} of ${pages.length}`);
    expect(pages[0]).toContain('ledger-sandbox');
  });

  test('is drawn, not photographed: no picture in it is large', async () => {
    const bytes = await printed(audience, followed(night));
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    const pictures = document.context.enumerateIndirectObjects().flatMap(([, object]) => {
      const is = object instanceof PDFRawStream && object.dict.get(PDFName.of('Subtype')) === PDFName.of('Image');
      return is ? [object.contents.length] : [];
    });
    // The band between bounds over time is a pattern still, which is one small picture each.
    expect(Math.max(0, ...pictures)).toBeLessThan(40_000);
  });

  test('two prints, by two browsers, are the same bytes', async () => {
    const other = chromiumPrinter();
    try {
      const [once, twice] = [await printed(audience, night), await printed(audience, night, other)];
      expect(Buffer.compare(once, twice)).toBe(0);
    } finally {
      await other.close();
    }
  }, 30_000);
});

describe('a browser that dies as it starts', () => {
  const before = process.env['CHROME_PATH'];
  afterEach(() => {
    if (before === undefined) delete process.env['CHROME_PATH'];
    else process.env['CHROME_PATH'] = before;
  });

  /** A program in the browser's place that writes down each start. */
  function inItsPlace(then: string): () => number {
    const folder = mkdtempSync(join(tmpdir(), 'assay-test-browser-'));
    const [program, starts] = [join(folder, 'chromium'), join(folder, 'starts')];
    writeFileSync(starts, '');
    writeFileSync(program, `#!/bin/sh\necho start >> '${starts}'\n${then.replaceAll('STARTS', starts)}\n`);
    chmodSync(program, 0o755);
    process.env['CHROME_PATH'] = program;
    return () => readFileSync(starts, 'utf8').split('\n').length - 1;
  }

  test('is started once more', async () => {
    const real = browser.process()?.spawnfile ?? '';
    const libraries = `LD_LIBRARY_PATH='${join(dirname(real), 'al2023', 'lib')}' exec '${real}' --no-sandbox "$@"`;
    const starts = inItsPlace(`[ $(wc -l < 'STARTS') -gt 1 ] || kill -9 $$\n${libraries}`);
    await (await startBrowser({})).close();
    expect(starts()).toBe(2);
  });

  test('and given up then', async () => {
    const starts = inItsPlace('exit 1');
    await expect(startBrowser({})).rejects.toThrow(PdfUnavailable);
    expect(starts()).toBe(2);
  });
});

describe('the executive report is exactly one A4 page', () => {
  const crowdedNote = <Scope>(scope: Scope) => ({
    ...scope,
    note: 'The list of accounts was denied; the accounts come from the ARNs of principals and trails.',
  });
  const openings = [33, 22, 11, 4].map((accounts, at) => ({
    remedy: `${at} create the reader role in this account, let it trust the account Assay runs in, and check the external ID for *`,
    operations: ['iam:GenerateServiceLastAccessedDetails', 'iam:GetServiceLastAccessedDetails', 'iam:ListUsers'],
    accounts,
  }));
  const open = { open: true, accountsNotMeasured: ['200000007778'] };
  const long = 'Überlange Kontobezeichnung '.repeat(20);
  const crowded = organisation(300, (it) => ({
    ...it,
    scope: crowdedNote(it.scope),
    completeness: {
      ...it.completeness,
      openings,
      accountsNotMeasured: it.completeness.accountsNotMeasured.map((account) => ({
        ...account,
        name: long,
        causes: [long, long],
      })),
    },
    metrics: it.metrics.map((metric) => ({ ...metric, ...open })),
  }));
  const onPaper = organisation(300, (it) => ({
    ...it,
    scope: crowdedNote(it.scope),
    completeness: {
      ...it.completeness,
      openings,
      accountsNotMeasured: it.completeness.accountsNotMeasured.map((account) => ({
        ...account,
        name: long,
        causes: [long],
      })),
      regions: { ...it.completeness.regions, accountsUntracked: Array.from({ length: 9 }, () => '200000007778') },
    },
    metrics: it.metrics.map((metric) => {
      const dark = metric.id.startsWith('permission.') && metric.basis === 'effective';
      const unread = metric.denominator + metric.unknown;
      const none = { numerator: 0, denominator: 0, untrackable: 0, unread, unknown: unread };
      return { ...metric, ...open, ...(dark ? none : {}) };
    }),
  }));
  test.each([
    { state: 'one account', input: organisation(1) },
    { state: 'no account', input: organisation(0) },
    { state: 'a realistic night', input: night },
    { state: '300 accounts, everything open, long names', input: crowded },
    { state: '300 accounts, limits not read, everything open, long names, Regions without tracking', input: onPaper },
    { state: 'a realistic night after twelve weeks', input: followed(night) },
    { state: 'the crowded one after twelve weeks', input: followed(crowded) },
    { state: 'the one on paper after twelve weeks', input: followed(onPaper) },
  ])('$state', async ({ input }) => {
    const document = await PDFDocument.load(await printed('executive', input), { updateMetadata: false });
    const [page] = document.getPages();
    expect(document.getPageCount()).toBe(1);
    expect(Math.round(page?.getWidth() ?? 0)).toBe(595);
    expect(Math.round(page?.getHeight() ?? 0)).toBe(842);
  });

  test('of a week too, however much happened in it', async () => {
    const { week, ...input } = weekOf(weekBefore(crowded.summary), crowded.summary);
    const many = Object.fromEntries(periodKinds.map((kind) => [kind, 123_456])) as typeof week.changes.counts;
    const bySeverity = { critical: many, high: many, medium: many, low: many };
    const changes = { ...week.changes, counts: many, bySeverity, newInJoined: 100_000 };
    const accounts = { joined: 1_234, left: 987, named: [] };
    const { html, meta } = await printableWeek(
      'executive',
      { ...input, week: { ...week, changes, accounts } },
      templates,
    );
    expect((await PDFDocument.load(await printer.print(html, meta))).getPageCount()).toBe(1);
  });
});

test('links have a text, as PDF/UA asks', async () => {
  const document = await PDFDocument.load(
    await printer.print(`<style>${styleSheet(templates)}</style><p>See <a href="https://example.org/">there</a></p>`, {
      title: 'T',
      at: '2026-11-24T02:00:00Z',
      footer: 'f',
    }),
    { updateMetadata: false },
  );
  const annotations = document.getPages()[0]?.node.Annots() as PDFArray;
  expect(annotations.lookup(0, PDFDict).lookup(PDFName.of('Contents'))?.toString()).toBeDefined();
});

test('a page that prints blank is an error, not a PDF', async () => {
  await expect(printer.print('<p></p>', { title: 'T', at: '2026-11-24T02:00:00Z', footer: 'f' })).rejects.toMatchObject(
    { name: 'BlankPdfError' },
  );
});

test('every page passes axe in light and dark, wide and narrow', async () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const pages = (await Promise.all(audiences.map((audience) => documentsOf(audience, followed(night))))).flat();
  const html = pages.filter(({ path }) =>
    [
      'index.html',
      'accounts/200000007778.html',
      'accounts/200000000001.html',
      'lists/sensitive-permissions.html',
    ].includes(path),
  );
  const css = pages.find(({ path }) => path === 'assets/report.css');
  for (const document of html) {
    const { html: text, fonts } = takeFonts(
      textOf(document).replace(/<link[^>]*>/, () => `<style>${css === undefined ? '' : textOf(css)}</style>`),
    );
    for (const look of [
      { scheme: 'light', width: 1280 },
      { scheme: 'dark', width: 390 },
    ])
      expect({ path: document.path, look, found: await faults({ text, fonts, look, axe }) }).toEqual({
        path: document.path,
        look,
        found: [],
      });
  }
}, 300_000);

interface Looked {
  readonly text: string;
  readonly fonts: ReturnType<typeof takeFonts>['fonts'];
  readonly look: { readonly scheme: string; readonly width: number };
  readonly axe: string;
}

async function faults({ text, fonts, look, axe }: Looked): Promise<string[]> {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: look.width, height: 900 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: look.scheme }]);
    await page.setContent(text);
    await page.evaluate(addFonts, fonts);
    await page.evaluate(axe);
    const found = (await page.evaluate(
      'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
    )) as { violations: { id: string; nodes: { html: string }[] }[] };
    const overflow = (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) as boolean;
    return [
      ...found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`),
      ...(overflow ? ['page is wider than the window'] : []),
    ];
  } finally {
    await page.close();
  }
}
