import type { Exception } from '../../src/domain/exception.ts';
import { withExceptionsOf } from '../../src/domain/share.ts';
import type { FindingRow } from '../../src/domain/tables.ts';
import { withExceptions } from '../../src/judge/exceptions.ts';
import { exceptedClause, exceptionsTitle, exceptionViews } from '../../src/reports/exceptions.ts';
import { figureView } from '../../src/reports/figures.ts';
import { thin } from '../../src/reports/numbers.ts';
import { type Change, night, noRows } from './support/night.ts';
import { accountRow, clock } from './support/rows.ts';
import { documentsOf, firstPage, textOf, wordsOf } from './support/templates.ts';

const one = '200000000001';
const dayAt = (days: number): string => new Date(Date.parse(clock) + days * 86_400_000).toISOString().slice(0, 10);
const finding = (resource: string, more: Partial<FindingRow> = {}): FindingRow => ({
  id: `${one}/long-term-ai-keys/${resource}`,
  account: one,
  control: 'long-term-ai-keys',
  version: 1,
  severity: 'high',
  status: 'fail',
  resourceType: 'user',
  resource,
  region: null,
  reason: 'the user holds a key',
  evidence: {},
  thresholds: {},
  gap: null,
  remedy: null,
  exception: null,
  ...more,
});
const exception = (id: string, days: number, more: Partial<Exception> = {}): Exception => ({
  id,
  controls: ['long-term-ai-keys'],
  owner: 'ann <a@example.com>',
  reason: 'because & only for now',
  approver: 'the CISO',
  expires: dayAt(days),
  ...more,
});
const exceptions = [
  exception('later', 200, { resources: ['a', 'b'] }),
  exception('over', -3, { resources: ['c'] }),
  exception('nothing', 90, { resources: ['z'], accounts: [one] }),
  exception('soon', 12, { controls: ['root-mfa', 'long-term-ai-keys'], resources: ['d'] }),
];
const rows = ['a', 'b', 'c', 'd', 'e'].map((resource) => finding(resource));
const hidden = finding('*', { status: 'not-measured', gap: { code: 'NO_RESULT' } });
const input = (change?: Change, of: readonly Exception[] = exceptions) => {
  const findings = withExceptions([...rows, hidden], of, clock);
  return night({ ...noRows, accounts: [accountRow(one)], findings, exceptions: of }, change);
};
/** A figure of which two of three members on the worse side are excepted. */
const withFigure: Change = (summary) => {
  const share = { numerator: 30, denominator: 90, untrackable: 0, unread: 10 };
  const metric = {
    ...{ id: 'credential.ai-key-user-rate', version: 1, unit: 'users', scope: 'organization', basis: 'effective' },
    ...{ worse: 'higher', ...share, unknown: 10, lower: 0.3, upper: 0.4, pessimistic: 0.4, open: false },
    ...{ accountsNotMeasured: [], ...withExceptionsOf(share, 20, 'higher', false) },
  } as (typeof summary.metrics)[number];
  return { ...summary, metrics: [metric], leftOut: [] };
};

test('what ends soon and what covers nothing comes first, each with what it covers and until when', () => {
  expect(
    exceptionViews(input().summary).map(({ id, status, covers, until }) => [id, status.word, covers, until]),
  ).toEqual([
    ['soon', 'ends soon', '1 finding, 1 not measured that it may cover', `${dayAt(12)}, in 12 days`],
    ['nothing', 'unused', '0 findings, 1 not measured that it may cover', `${dayAt(90)}, in 90 days`],
    ['over', 'over', '1 finding came back, 1 not measured that it may cover', `${dayAt(-3)}, 3 days ago`],
    ['later', 'active', '2 findings, 1 not measured that it may cover', `${dayAt(200)}, in 200 days`],
  ]);
});

test.each([
  {
    name: 'some',
    of: exceptions,
    title: '3 of 5 failing findings are excepted; of 4 exceptions, 1 ends soon, 1 covers nothing, 1 is over',
    clause: '3 of 5 failing findings stand by agreement; the figures count them all the same.',
  },
  {
    name: 'one that covers one',
    of: [exception('one', 90, { resources: ['a'] })],
    title: '1 of 5 failing findings is excepted',
    clause: '1 of 5 failing findings stands by agreement; the figures count it all the same.',
  },
  {
    name: 'one that is over',
    of: [exception('one', -1)],
    title: '0 of 5 failing findings are excepted; of 1 exception, 1 is over',
    clause: null,
  },
  { name: 'none', of: [], title: 'No exceptions', clause: null },
])('$name: the heading of the team and the clause of the executives', async ({ of, title, clause }) => {
  const given = input(undefined, of);
  expect(exceptionsTitle(given.summary)).toBe(title);
  expect(exceptedClause(given.summary)).toBe(clause);
  const [team, executive, auditor] = await Promise.all(
    (['team', 'executive', 'auditor'] as const).map(async (audience) => wordsOf(await firstPage(audience, given))),
  );
  expect(team).toContain(title);
  expect(auditor).toContain(`Register of exceptions ${title}.`);
  if (clause === null) expect(executive).not.toContain('by agreement');
  else expect(executive).toContain(clause);
});

test('the team report says of each finding which exception covers it, and counts it as failing', async () => {
  const documents = await documentsOf('team', input());
  const text = (path: string): string => {
    const document = documents.find((it) => it.path === path);
    return document === undefined ? '' : wordsOf(textOf(document));
  };
  expect(text('findings/long-term-ai-keys.html')).toContain('a fails excepted: later the user holds a key');
  expect(text('findings/long-term-ai-keys.html')).toContain('c fails the user holds a key');
  const first = text('index.html');
  expect(first).toContain('5 findings fail a control');
  expect(first).toMatch(/No user holds a live long-term AI API key long-term-ai-keys high 5 3 1 0 0 1/);
  expect(first).toContain('because &amp; only for now'); // text, never markup
});

test('the auditor report has them under each control, in a register with every field, and beside each figure', async () => {
  const words = wordsOf(await firstPage('auditor', input(withFigure)));
  expect(words).toContain(
    `Exceptions 3 of 5 failing findings, 0 of 1 failing account in whole: soon (ends soon, until ${dayAt(12)}, in 12 days, approved by the CISO); nothing (unused`,
  );
  expect(words).toMatch(/Exceptions 0 of 0 failing findings, 0 of 0 failing accounts in whole: soon \(/); // root-mfa
  expect(words).toContain('Exceptions None.');
  for (const of of exceptions) expect(words).toContain(`${of.id} because &amp; only for now`);
  expect(words).toContain('long-term-ai-keys in 200000000001 on z');
  expect(words).toContain('Excepted 20 With exceptions numerator 10');
  expect(words).toContain('pessimistic bound 0.200000');
});

test('the second value of a figure stands beside the first, and is not there without exceptions', async () => {
  const { summary } = input(withFigure);
  const view = figureView(summary, { id: 'credential.ai-key-user-rate', what: 'Users' });
  expect(view).toMatchObject({ count: '30 of 100', excepted: `with exceptions 10–20${thin}%, 10 of 100` });
  expect(view.value).toBe(`30–40${thin}%`);
  expect(wordsOf(await firstPage('team', input(withFigure)))).toContain('with exceptions 10–20 %, 10 of 100');
  const [plain] = summary.metrics.map((metric) => ({
    ...metric,
    ...withExceptionsOf({ ...metric }, 0, 'higher', false),
  }));
  if (plain === undefined) throw new Error('no figure');
  expect(figureView({ ...summary, metrics: [plain] }, { id: plain.id, what: 'Users' }).excepted).toBeNull();
});
