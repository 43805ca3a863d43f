import { readFileSync, rmSync } from 'node:fs';
import { PDFDocument } from '@cantoo/pdf-lib';
import type { Metric, NightSummary } from '../../src/domain/summary.ts';
import { textOfPdf } from '../adapters/pdf/pdf-text.ts';
import { recorded, scratch } from '../support/command-line.ts';
import {
  producedFiles,
  producedRows,
  producedSummary,
  type Rows,
  squeezed,
  squeezedHtml,
} from '../support/produced.ts';
import { addedUp, completenessFrom, countsFrom, fromAccounts, inWords, recount, type Who } from '../support/recount.ts';
import { countAndDoubt, countText, rangeText, sheetsIn } from './support/figure-words.ts';

// One night, and the files it left: what the team, the executive and the auditor read, in HTML and in PDF, what `--json` prints, summary.json
// and the result tables say the same. Expected numbers are counted from the rows, by code of the tests alone.

const archive = scratch();
const audiences = ['executive', 'team', 'auditor'] as const;
type Audience = (typeof audiences)[number];

let rows: Rows;
let summary: NightSummary;
let printed: Record<string, unknown>;
const pages = {} as Record<Audience, { html: string; texts: Record<'html' | 'pdf', string> }>;

beforeAll(async () => {
  const night = await recorded([
    ...['demo', '--weeks', '0'],
    '--clock',
    '2026-09-30T06:00:00Z',
    '--output-dir',
    archive,
    '--json',
    '--quiet',
  ]);
  expect(night).toMatchObject({ exit: 0 });
  printed = JSON.parse(night.out) as Record<string, unknown>;
  rows = producedRows(archive);
  summary = producedSummary(archive);
  for (const audience of audiences) {
    const [page = '', pdf = ''] = ['index.html', 'report.pdf'].map((name) =>
      producedFiles(archive, `reports/${audience}`, name).reduce((first, file) =>
        file.length < first.length ? file : first,
      ),
    );
    const html = readFileSync(page, 'utf8');
    // Page by page: a page that begins with a number would lengthen the foot of the one before it.
    const printedPages = textOfPdf(await PDFDocument.load(readFileSync(pdf))).map((it) =>
      squeezed(it).replace(footer, ''),
    );
    const texts = { html: squeezedHtml(html), pdf: printedPages.join('') };
    pages[audience] = { html, texts };
  }
}, 300_000);
afterAll(() => rmSync(archive, { recursive: true }));

/** The line at the foot of every printed page. */
const footer = /Assay,\w+report·.{0,120}?·internalPage\d+of\d+/g;

/** What each report says first. */
const headlines: Readonly<Record<Audience, readonly string[]>> = {
  executive: [
    'permission.unused-sensitive-identity-rate',
    'identity.unused-rate',
    'credential.ai-key-user-rate',
    'logging.ai-data-event-coverage',
  ],
  team: [
    'permission.unused-sensitive-identity-rate',
    'permission.unused-sensitive-pair-rate',
    'identity.unused-rate',
    'credential.ai-key-user-rate',
    'credential.ai-key-maker-rate',
    'credential.ai-key-caller-rate',
    'logging.ai-data-event-coverage',
    'logging.management-coverage',
    'logging.ai-monitored-rate',
    'agent.confused-deputy-rate',
    'agent.takeover-rate',
    'completeness.accounts',
    'completeness.identities',
  ],
  auditor: [
    'permission.unused-sensitive-identity-rate',
    'permission.unused-sensitive-pair-rate',
    'identity.unused-rate',
    'credential.ai-key-user-rate',
    'credential.stale-user-rate',
    'logging.ai-data-event-coverage',
    'logging.management-coverage',
    'agent.takeover-rate',
    'completeness.accounts',
    'completeness.identities',
  ],
};

/** The words, where a text has them not: a short message instead of the whole report. */
const missing = (text: string, words: string): string | null => (text.includes(words) ? null : words);

const forms = audiences.flatMap((audience) => (['html', 'pdf'] as const).map((form) => ({ audience, form })));

const everybody: Who = { account: () => true, kind: () => true, agents: false, class: null, hidden: () => false };

/** Whose rows a scope counts; null = a scope that rows do not tell. */
function whoIn(scope: string): Who | null {
  const [, kind, id = ''] = /^(\w+)(?::(.+))?$/.exec(scope) ?? [];
  if (kind === 'organization') return everybody;
  if (kind === 'account') return { ...everybody, account: (account) => account === id };
  if (kind === 'owner') {
    const own = new Set(rows.accounts.filter(({ owner }) => owner === id).map(({ account }) => account));
    const open = new Set(rows.accounts.filter(({ ownerRead }) => !ownerRead).map(({ account }) => account));
    return { ...everybody, account: (account) => own.has(account), hidden: (account) => open.has(account) };
  }
  if (kind === 'class') return { ...everybody, class: id };
  if (kind === 'kind')
    return id === 'agent-role' ? { ...everybody, agents: true } : { ...everybody, kind: (of) => of === id };
  if (kind !== 'ou') return null;
  const within = new Set(rows.accounts.filter(({ ou }) => ou.includes(id)).map(({ account }) => account));
  return { ...everybody, account: (account) => within.has(account) };
}

const countedOf = ({ numerator, denominator, untrackable, unread }: Metric) => ({
  numerator,
  denominator,
  untrackable,
  unread,
});

describe('figures', () => {
  test.each(['summary.json', '--json'])(
    '%s: every figure of every scope is what the rows of the tables say',
    (where) => {
      const metrics = where === '--json' ? (printed['metrics'] as Metric[]) : summary.metrics;
      let compared = 0;
      for (const metric of metrics) {
        const { id, basis, scope } = metric;
        const who = whoIn(scope);
        if (who === null) continue;
        const place = { where, id, basis, scope };
        const { open, excepted, ...sum } = addedUp(rows, id, basis, who);
        expect({ place, excepted: metric.excepted }).toEqual({ place, excepted });
        expect({ place, ...countedOf(metric) }).toEqual({ place, ...sum });
        expect({ place, open: metric.accountsNotMeasured }).toEqual({ place, open });
        const counted = fromAccounts.includes(id) || who.class !== null ? sum : recount(rows, id, basis, who);
        expect({ place, ...countedOf(metric) }).toEqual({ place, ...counted });
        compared += 1;
      }
      const accounts = where === '--json' ? rows.accounts.length : 0;
      expect(compared).toBeGreaterThan(100 + 10 * accounts);
    },
  );

  test('bounds are of the counts, and an open figure stands at its worst', () => {
    for (const it of summary.metrics) {
      const unknown = it.untrackable + it.unread;
      const all = it.denominator + unknown;
      const [lower, upper] = [it.numerator / all, (it.numerator + unknown) / all];
      const worst = it.worse === 'higher' ? 1 : 0;
      const closed = it.worse === 'higher' ? upper : lower;
      expect([it.id, it.scope, it.unknown, it.open]).toEqual([
        it.id,
        it.scope,
        unknown,
        it.accountsNotMeasured.length > 0,
      ]);
      expect(it.lower).toBeCloseTo(lower, 12);
      expect(it.upper).toBeCloseTo(upper, 12);
      expect(it.pessimistic).toBeCloseTo(it.open ? worst : closed, 12);
      const moved = it.worse === 'higher' ? it.numerator - it.excepted : it.numerator + it.excepted;
      expect([it.id, it.withExceptions.numerator]).toEqual([it.id, moved]);
      expect(it.withExceptions.lower).toBeCloseTo(moved / all, 12);
      expect(it.withExceptions.upper).toBeCloseTo((moved + unknown) / all, 12);
    }
  });

  test.each(audiences)('%s: every count that the page marks is the figure', (audience) => {
    const marked = [...pages[audience].html.matchAll(/data-count="([^"@]+)(@nominal)?">([^<]*)</g)];
    expect(marked.length).toBeGreaterThanOrEqual(5);
    for (const [, id = '', nominal, text = ''] of marked) {
      const metric = organizationFigure(id, nominal === undefined ? 'effective' : 'nominal');
      expect({ id, text: squeezed(text) }).toEqual({ id, text: metric === undefined ? '' : countText(metric) });
    }
  });

  test.each(forms.filter(({ audience }) => audience === 'auditor'))(
    'auditor, $form: each figure is set out in numbers',
    ({ audience, form }) => {
      const figures = summary.metrics.filter(({ scope }) => scope === 'organization');
      const sheets = sheetsIn(pages[audience].texts[form], figures);
      expect(sheets.length).toBe(figures.length);
      for (const metric of figures) {
        const sheet = sheets.find(({ id, basis }) => id === metric.id && basis === metric.basis);
        const { lower, upper } = metric;
        expect(sheet).toEqual({
          ...{ id: metric.id, basis: metric.basis, ...countedOf(metric) },
          ...{ lower: lower.toFixed(6), upper: upper.toFixed(6) },
        });
      }
    },
  );

  test.each(forms)('$audience, $form: headline figures with counts, range and doubt', ({ audience, form }) => {
    const text = pages[audience].texts[form];
    for (const id of headlines[audience]) {
      const metric = organizationFigure(id, 'effective');
      if (metric === undefined) throw new Error(`no figure ${id}`);
      expect([id, countAndDoubt(metric).test(text)]).toEqual([id, true]);
      const drawn = audience === 'executive' && id === 'credential.ai-key-user-rate'; // its range is a bar
      if (!drawn)
        expect([id, rangeText(metric), text.includes(rangeText(metric))]).toEqual([id, rangeText(metric), true]);
    }
  });
});

const organizationFigure = (id: string, basis: string): Metric | undefined =>
  summary.metrics.find((it) => it.id === id && it.basis === basis && it.scope === 'organization');

describe('counts', () => {
  test('summary.json and --json: every count is that of the rows', () => {
    const byStatus = (all: readonly { status: string }[]) =>
      inWords(all, ['pass', 'fail', 'not-measured', 'not-applicable'], ({ status }) => status);
    const expected = {
      counts: countsFrom(rows),
      completeness: completenessFrom(rows),
      findings: byStatus(rows.findings),
      findingsBySeverity: Object.fromEntries(
        ['critical', 'high', 'medium', 'low'].map((severity) => [
          severity,
          byStatus(rows.findings.filter((row) => row.severity === severity)),
        ]),
      ),
    };
    expect(summary).toMatchObject(expected);
    expect(printed).toMatchObject(expected);
    for (const control of summary.controls) {
      const own = rows.findings.filter((row) => row.control === control.id);
      expect([control.id, control.findings]).toEqual([control.id, byStatus(own)]);
      expect([control.id, control.accounts]).toEqual([control.id, byStatus(worstOf(own))]);
    }
    expect(summary.counts.aiKeyUsersUnread).toBe(
      organizationFigure('credential.ai-key-user-rate', 'effective')?.unread,
    );
    expect(summary.completeness.gaps.reduce((sum, { count }) => sum + count, 0)).toBe(rows.gaps.length);
  });

  test('summary.json: cells, grades, practices and agents are those of the rows', () => {
    const cells = ['covered', 'partial', 'not-covered', 'not-measured'];
    for (const { eventClass, cells: counted } of summary.logging)
      expect(counted).toEqual(
        inWords(
          rows.logging.filter((row) => row.eventClass === eventClass),
          cells,
          ({ status }) => status,
        ),
      );
    expect(summary.logging.map(({ eventClass }) => eventClass).sort()).toEqual(
      [...new Set(rows.logging.map((row) => row.eventClass))].sort(),
    );
    for (const { eventClass, accounts } of summary.forwarding)
      expect(accounts).toEqual(
        inWords(
          rows.forwarding.filter((row) => row.eventClass === eventClass),
          Object.keys(accounts),
          ({ grade }) => grade,
        ),
      );
    for (const { practice, accounts } of summary.practices)
      expect(accounts).toEqual(
        inWords(
          rows.practices.filter((row) => row.practice === practice),
          Object.keys(accounts),
          ({ state }) => state,
        ),
      );
    expect(summary.agents).toMatchObject({
      roles: organizationFigure('agent.confused-deputy-rate', 'effective')?.denominator,
      takeoversUnowned: organizationFigure('agent.takeover-rate', 'effective')?.numerator,
      takeoversUnread: organizationFigure('agent.takeover-rate', 'effective')?.unread,
      workspaces: rows.workspaces.length,
    });
    expect(printed).toMatchObject({
      practices: summary.practices,
      agents: summary.agents,
      forwarding: summary.forwarding,
    });
  });

  test('requirements: counted from the findings of their controls, and the same in both reports', () => {
    const results = ['fail', 'not-measured', 'pass', 'not-applicable', 'not-answered'];
    const counted = summary.requirements.filter(({ metrics, laxer }) => metrics.length === 0 && laxer === null);
    expect(counted.length).toBeGreaterThan(100);
    for (const { framework, id, controls, findings, rate } of counted) {
      const own = rows.findings.filter((row) => controls.includes(row.control));
      const status = inWords(own, ['pass', 'fail', 'not-measured', 'not-applicable'], (row) => row.status);
      expect({ framework, id, findings }).toEqual({ framework, id, findings: status });
      if (rate !== null)
        expect({ framework, id, passed: rate.numerator }).toEqual({ framework, id, passed: status['pass'] });
    }
    expect(printed).toMatchObject({ requirements: summary.requirements });
    for (const framework of new Set(summary.requirements.map((it) => it.framework))) {
      const own = summary.requirements.filter((it) => it.framework === framework);
      const numbers = Object.values(
        inWords(own, results, ({ controls, metrics, result }) =>
          controls.length + metrics.length === 0 ? 'not-answered' : result,
        ),
      );
      const row = pages.team.html.split(`<small class="id">${framework}</small>`)[1]?.split('</tr>')[0] ?? '';
      const cells = [...row.matchAll(/<td class="number">(\d+)<\/td>/g)].map(([, cell]) => Number(cell));
      expect({ framework, cells }).toEqual({ framework, cells: numbers });
      const words = results.map((result, at) => `${numbers[at]}${result.replace('-', '')}`).join(',');
      for (const form of ['html', 'pdf'] as const)
        expect(missing(pages.auditor.texts[form], `${framework}${words}`)).toBeNull();
    }
  });

  test('--json holds every row that it lists', () => {
    for (const [list, table] of Object.entries({
      aiKeys: 'credentials',
      keyHolders: 'key-holders',
      keyPowers: 'key-powers',
      guardrails: 'guardrails',
      logging: 'logging',
      practicesByAccount: 'practices',
    } as const))
      expect({ list, rows: (printed[list] as unknown[]).length }).toEqual({ list, rows: rows[table].length });
    expect((printed['completeness'] as { gaps: unknown[] }).gaps).toHaveLength(rows.gaps.length);
  });

  test.each(forms)('$audience, $form: how complete the night is', ({ audience, form }) => {
    const { accounts, identities } = completenessFrom(rows);
    const n = (status: string): number => accounts[status] ?? 0;
    const parts = [
      `${n('measured')}of${n('discovered') - n('suspended')}accountsmeasuredinfull`,
      ...(n('partial') > 0 ? [`${n('partial')}partly`] : []),
      ...(n('failed') > 0 ? [`${n('failed')}notatall`] : []),
      ...(n('suspended') > 0 ? [`${n('suspended')}suspendedandleftapart`] : []),
    ];
    const line = `${parts.join(',')};useknownfor${identities.known}of${identities.counted}identities`;
    expect(missing(pages[audience].texts[form], line)).toBeNull();
  });

  test.each(forms.filter(({ audience }) => audience === 'executive'))(
    'executive, $form: AI keys and places without a record',
    ({ audience, form }) => {
      const text = pages[audience].texts[form];
      const counts = countsFrom(rows);
      const places = recount(rows, 'logging.ai-data-event-coverage', 'effective', everybody);
      const holds = rows.guardrails.filter(({ grade }) => grade === 'enforced').length;
      const bound = rows.guardrails.filter(({ grade }) => grade !== 'not-applicable').length;
      for (const said of [
        `atleast${counts['aiKeysLive']}long-termAIkeysarelive`,
        `${counts['aiKeysLiveNeverExpiring']}neverexpire,${counts['aiKeysLiveOnPhantomUsers']}sitonphantomusers`,
        `noguardraildeniestheuseof${counts['aiKeysLiveNotDenied']}`,
        `Atleast${counts['aiKeysLive']}livekeyson`,
        `${(places?.denominator ?? 0) - (places?.numerator ?? 0)}of${places?.denominator}placeswecouldseenotfullycovered`,
        `Guardrails:${holds}of${bound}`,
      ])
        expect(missing(text, said)).toBeNull();
    },
  );

  test.each(forms.filter(({ audience }) => audience === 'team'))(
    'team, $form: findings, keys and cells',
    ({ audience, form }) => {
      const text = pages[audience].texts[form];
      const counts = countsFrom(rows);
      const failed = rows.findings.filter(({ status }) => status === 'fail').length;
      const unread = rows.findings.filter(({ status }) => status === 'not-measured').length;
      expect(missing(text, `${failed}findingsfailacontrol,${unread}couldnotbemeasured`)).toBeNull();
      for (const control of summary.controls) {
        const n = (status: string): number =>
          rows.findings.filter((row) => row.control === control.id && row.status === status).length;
        const excepted = rows.findings.filter((row) => row.control === control.id && row.exception !== null).length;
        const numbers = `${n('fail')}${excepted || '–'}${['not-measured', 'pass', 'not-applicable'].map(n).join('')}`;
        expect(missing(text, `${control.id}${control.severity}${numbers}`)).toBeNull();
      }
      expect(text).toContain(
        `Of${counts['aiKeysLive']}livekeysthatwereseen,noguardraildeniestheuseof${counts['aiKeysLiveNotDenied']}`,
      );
      const words = {
        covered: 'covered',
        partial: 'partlycovered',
        'not-covered': 'notcovered',
        'not-measured': 'notmeasured',
      };
      for (const { eventClass } of summary.logging.filter(({ core }) => core)) {
        const own = inWords(
          rows.logging.filter((row) => row.eventClass === eventClass),
          Object.keys(words),
          ({ status }) => status,
        );
        const said = Object.entries(words).flatMap(([status, word]) =>
          own[status] === 0 ? [] : [`${own[status]}${word}`],
        );
        expect(missing(text, said.join(','))).toBeNull();
      }
    },
  );

  test.each(forms.filter(({ audience }) => audience === 'auditor'))(
    'auditor, $form: each control with its findings',
    ({ audience, form }) => {
      const text = pages[audience].texts[form];
      for (const control of summary.controls) {
        const own = rows.findings.filter((row) => row.control === control.id);
        const words = (all: readonly { status: string }[]): string =>
          ['fail', 'not-measured', 'pass', 'not-applicable']
            .map((status) => `${all.filter((row) => row.status === status).length}${status.replace('-', '')}`)
            .join(',');
        const at = text.indexOf(`${control.id}definition${control.version},severity`);
        expect([control.id, at > 0]).toEqual([control.id, true]);
        const said = text.slice(at, at + 4000);
        expect(said).toContain(`Findings${words(own)}Accounts${words(worstOf(own))}`);
      }
    },
  );
});

/** An account counts by its worst finding. */
function worstOf(findings: readonly { account: string; status: string }[]): { status: string }[] {
  const order = ['fail', 'not-measured', 'pass', 'not-applicable'];
  const worst = new Map<string, string>();
  for (const { account, status } of findings) {
    const there = worst.get(account);
    if (there === undefined || order.indexOf(status) < order.indexOf(there)) worst.set(account, status);
  }
  return [...worst.values()].map((status) => ({ status }));
}
