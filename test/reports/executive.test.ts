import type { NightSummary } from '../../src/domain/summary.ts';
import { decisions } from '../../src/reports/executive/decisions.ts';
import { prerequisites } from '../../src/reports/executive/prerequisites.ts';
import { executiveView } from '../../src/reports/executive/view.ts';
import { practiceViews } from '../../src/reports/practices.ts';
import { headline } from '../../src/reports/words.ts';
import { type Change, night } from './support/night.ts';
import { accountRow, clock, credentialRow, gapRow, guardrailRow, identityRow, loggingRow } from './support/rows.ts';

const id = '200000000001';
const fences = [
  'ai-workspace-admin-allow-list',
  'ai-workspace-data-allow-list',
  'no-ai-key-creation',
  'no-long-term-ai-key-use',
];
const good = {
  guardrails: fences.map((guardrail) => guardrailRow(id, guardrail)),
  accounts: [accountRow(id)],
  identities: [identityRow(id, 'mara', { kind: 'user' }), identityRow(id, 'deploy')],
  credentials: [],
  logging: [loggingRow(id, 'eu-west-1', 'management'), loggingRow(id, 'eu-west-1', 'AWS::Bedrock::Model')],
  gaps: [],
};
const withKey = { ...good, credentials: [credentialRow(id, 'mara')] };
const withDenied = { ...good, credentials: [credentialRow(id, 'mara', { use: 'denied' })] };
const other = '200000000002';
const absent = (account: string) => fences.map((it) => guardrailRow(account, it, { grade: 'absent' }));
const bare = { ...good, guardrails: absent(id) };
const hidden = { ...good, guardrails: fences.map((it) => guardrailRow(id, it, { grade: 'not-measured' })) };
const dark = { ...good, logging: [loggingRow(id, 'eu-west-1', 'AWS::Bedrock::Model', { status: 'not-covered' })] };

const metrics =
  (change: Partial<NightSummary['metrics'][number]>): Change =>
  (it) => ({ ...it, metrics: it.metrics.map((metric) => ({ ...metric, ...change })) });
const accounts =
  (change: Partial<NightSummary['completeness']['accounts']>): Change =>
  (it) => ({ ...it, completeness: { ...it.completeness, accounts: { ...it.completeness.accounts, ...change } } });
const words = (of: NightSummary): string[] => prerequisites(of).map(({ status }) => status.word);

test.each([
  { case: 'all read and clean', rows: good, change: undefined, expected: ['in place', 'in place', 'in place'] },
  { case: 'a live key', rows: withKey, change: undefined, expected: ['in place', 'open', 'in place'] },
  {
    case: 'a live key that is denied',
    rows: withDenied,
    change: undefined,
    expected: ['in place', 'partly', 'in place'],
  },
  { case: 'a class not covered', rows: dark, change: undefined, expected: ['in place', 'in place', 'open'] },
  { case: 'nothing fenced', rows: bare, change: undefined, expected: ['open', 'partly', 'in place'] },
  {
    case: 'policies not read',
    rows: hidden,
    change: undefined,
    expected: ['not measured', 'not measured', 'in place'],
  },
  {
    case: 'an account beside it open',
    rows: {
      ...good,
      accounts: [accountRow(id), accountRow(other)],
      guardrails: [...good.guardrails, ...absent(other)],
    },
    change: undefined,
    expected: ['partly', 'partly', 'not measured'],
  },
  {
    case: 'the figures are open',
    rows: good,
    change: metrics({ open: true }),
    expected: ['in place', 'not measured', 'not measured'],
  },
  {
    case: 'some unknown',
    rows: good,
    change: metrics({ unknown: 1 }),
    expected: ['in place', 'not measured', 'not measured'],
  },
  {
    case: 'an account failed',
    rows: good,
    change: accounts({ failed: 1 }),
    expected: ['not measured', 'not measured', 'not measured'],
  },
  {
    case: 'an account was not selected',
    rows: good,
    change: accounts({ skipped: 1 }),
    expected: ['not measured', 'not measured', 'not measured'],
  },
  {
    case: 'a live key, the rest open',
    rows: withKey,
    change: metrics({ open: true }),
    expected: ['in place', 'open', 'not measured'],
  },
])('prerequisites, $case: $expected', ({ rows, change, expected }) => {
  expect(words(night(rows, change).summary)).toEqual(expected);
});

test.each([
  { case: 'all in place', rows: good, expected: 'All three are in place wherever they apply.' },
  {
    case: 'a class not covered',
    rows: dark,
    expected: 'Not yet: of the three, 1 and 2 are in place everywhere; all three together in none of 1 account.',
  },
  {
    case: 'policies not read',
    rows: hidden,
    expected: 'Not known: of the three, 3 alone is in place everywhere.',
  },
  {
    case: 'one of two accounts, its logging unread',
    rows: {
      ...good,
      accounts: [accountRow(id), accountRow(other)],
      guardrails: [...good.guardrails, ...absent(other)],
    },
    expected: 'Not yet: none of the three is in place everywhere; all three together in at most 1 of 2 accounts.',
  },
])('whether AI may be opened is answered, $case', ({ rows, expected }) => {
  expect(executiveView(night(rows).summary).verdict).toBe(expected);
});

test('SCPs are counted in accounts that they bind', () => {
  const management = fences.map((it) => guardrailRow(other, it, { grade: 'not-applicable' }));
  const rows = { ...bare, accounts: [accountRow(id), accountRow(other)], guardrails: [...absent(id), ...management] };
  const { summary } = night(rows);
  expect(prerequisites(summary)[1]?.why).toContain('Making them is denied in 0 of 1 account.');
  expect(decisions(summary).map(({ what }) => what)).toContain('Stop new long-term AI keys in 1 account');
  const [, keys] = practiceViews(summary);
  expect(keys?.evidence.find(({ name }) => name === 'Making')?.text).toBe('open in 1 account');
});

test('a figure that no account gave makes nothing hold', () => {
  const change: Change = (it) => ({
    ...it,
    metrics: [],
    leftOut: it.metrics.map((metric) => ({ id: metric.id, accountsNotMeasured: [id] })),
  });
  expect(words(night(good, change).summary)).toEqual(['in place', 'not measured', 'not measured']); // the first rests on policies alone
});

test('Regions that were assumed leave the third prerequisite unknown', () => {
  const rows = { ...good, accounts: [accountRow(id, { regionsAssumed: true })] };
  expect(words(night(rows).summary)[2]).toBe('not measured');
});

test('an open figure is never told as "everywhere"', () => {
  const { headline: first, questions } = executiveView(night(good, metrics({ open: true })).summary);
  expect(first).toContain('wherever we could look');
  expect(questions[2]?.answer).not.toMatch(/everywhere/);
  expect(questions[2]?.figure.open).toBe('open: accounts could not be listed');
});

test('nothing measured at all is said first, and asked for first', () => {
  const rows = {
    ...good,
    accounts: [accountRow(id, { status: 'failed' })],
    identities: [],
    logging: [],
    gaps: [gapRow(id)],
  };
  const { summary } = night(rows);
  expect(headline(summary)).toBe('Nothing could be measured, so nothing can be said about this night.');
  expect(executiveView(summary).questions.map(({ answer }) => answer)).toEqual([
    'Not measured.',
    'Not measured.',
    'Not measured.',
  ]);
  expect(decisions(summary)[0]?.what).toBe('Open 1 account to measurement');
});

test.each([
  {
    case: 'keys, logging, unused',
    rows: {
      ...withKey,
      ...{ logging: dark.logging },
      identities: [...good.identities, identityRow(id, 'old', { activity: 'unused' })],
    },
    expected: [
      'Retire 1 long-term AI key',
      'Log AI data events organisation-wide',
      'Set a date to remove 1 unused identity',
    ],
  },
  {
    case: 'nothing fenced',
    rows: bare,
    expected: ['Attach the workspace allow-list SCP in 1 account', 'Stop new long-term AI keys in 1 account'],
  },
  { case: 'nothing wrong', rows: good, expected: [] },
])('decisions, $case', ({ rows, expected }) => {
  expect(decisions(night(rows).summary).map(({ what }) => what)).toEqual(expected);
});

test('names its published reference and says why it does not compare', () => {
  const [power] = executiveView(night(good).summary).questions;
  expect(power?.figure.bar.toHTML()).toContain('92 %, Sonrai Security, 2026');
  expect(power?.notes.join(' ')).toMatch(/92 %.*61 % of all unused.*not directly comparable/);
});

test('the clock, never the wall, is the night', () => {
  expect(executiveView(night(good).summary).masthead.night).toBe(`Night of ${clock.slice(0, 10)} 02:00 UTC`);
});
