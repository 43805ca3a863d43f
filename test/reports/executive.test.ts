import type { NightSummary } from '../../src/domain/summary.ts';
import { decisions } from '../../src/reports/executive/decisions.ts';
import { prerequisites } from '../../src/reports/executive/prerequisites.ts';
import { executiveView } from '../../src/reports/executive/view.ts';
import { headline } from '../../src/reports/words.ts';
import { type Change, night } from './support/night.ts';
import { accountRow, clock, credentialRow, gapRow, identityRow, loggingRow } from './support/rows.ts';

const id = '200000000001';
const good = {
  accounts: [accountRow(id)],
  identities: [identityRow(id, 'mara', { kind: 'user' }), identityRow(id, 'deploy')],
  credentials: [],
  logging: [loggingRow(id, 'eu-west-1', 'management'), loggingRow(id, 'eu-west-1', 'AWS::Bedrock::Model')],
  gaps: [],
};
const withKey = { ...good, credentials: [credentialRow(id, 'mara')] };
const dark = { ...good, logging: [loggingRow(id, 'eu-west-1', 'AWS::Bedrock::Model', { status: 'not-covered' })] };

const metrics =
  (change: Partial<NightSummary['metrics'][number]>): Change =>
  (it) => ({ ...it, metrics: it.metrics.map((metric) => ({ ...metric, ...change })) });
const accounts =
  (change: Partial<NightSummary['completeness']['accounts']>): Change =>
  (it) => ({ ...it, completeness: { ...it.completeness, accounts: { ...it.completeness.accounts, ...change } } });
const words = (of: NightSummary): string[] => prerequisites(of).map(({ status }) => status.word);

test.each([
  { case: 'all read and clean', rows: good, change: undefined, expected: ['not known', 'holds', 'holds'] },
  { case: 'a live key', rows: withKey, change: undefined, expected: ['not known', 'does not hold', 'holds'] },
  { case: 'a class not covered', rows: dark, change: undefined, expected: ['not known', 'holds', 'does not hold'] },
  {
    case: 'the figures are open',
    rows: good,
    change: metrics({ open: true }),
    expected: ['not known', 'not known', 'not known'],
  },
  {
    case: 'some unknown',
    rows: good,
    change: metrics({ unknown: 1 }),
    expected: ['not known', 'not known', 'not known'],
  },
  {
    case: 'an account failed',
    rows: good,
    change: accounts({ failed: 1 }),
    expected: ['not known', 'not known', 'not known'],
  },
  {
    case: 'an account was not selected',
    rows: good,
    change: accounts({ skipped: 1 }),
    expected: ['not known', 'not known', 'not known'],
  },
  {
    case: 'a live key, the rest open',
    rows: withKey,
    change: metrics({ open: true }),
    expected: ['not known', 'does not hold', 'not known'],
  },
])('prerequisites, $case: $expected', ({ rows, change, expected }) => {
  expect(words(night(rows, change).summary)).toEqual(expected);
});

test('a figure that no account gave makes nothing hold', () => {
  const change: Change = (it) => ({
    ...it,
    metrics: [],
    leftOut: it.metrics.map((metric) => ({ id: metric.id, accountsNotMeasured: [id] })),
  });
  expect(words(night(good, change).summary)).toEqual(['not known', 'not known', 'not known']);
});

test('Regions that were assumed leave the third prerequisite unknown', () => {
  const rows = { ...good, accounts: [accountRow(id, { regionsAssumed: true })] };
  expect(words(night(rows).summary)[2]).toBe('not known');
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
    case: 'nothing wrong: what cannot be seen remains',
    rows: good,
    expected: ['Name who may administer AI workspaces'],
  },
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
