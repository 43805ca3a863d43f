import type { NightSummary } from '../../src/domain/summary.ts';
import { decisions } from '../../src/reports/executive/decisions.ts';
import { prerequisites } from '../../src/reports/executive/prerequisites.ts';
import { executiveView } from '../../src/reports/executive/view.ts';
import { noneRead } from '../../src/reports/figures.ts';
import { audiences } from '../../src/reports/input.ts';
import { thin } from '../../src/reports/numbers.ts';
import { headline } from '../../src/reports/words.ts';
import { type Change, night } from './support/night.ts';
import { accountRow, credentialRow, identityRow, loggingRow } from './support/rows.ts';
import { firstPage, wordsOf } from './support/templates.ts';

const id = '200000000001';
const spaced = (text: string): string => text.replaceAll(thin, ' ');
const unread = { code: 'NOT_IN_SNAPSHOT' };

/** An account of which only the authorization details were read: no user's keys, no cell. */
const onlyDetails = night({
  accounts: [accountRow(id, { status: 'partial' })],
  identities: [
    identityRow(id, 'mara', { kind: 'user', activity: 'unread', unread }),
    identityRow(id, 'deploy', { activity: 'unused', lastUsed: null }),
  ],
  credentials: [],
  logging: [
    loggingRow(id, 'eu-west-1', 'management', { status: 'not-measured' }),
    loggingRow(id, 'eu-west-1', 'AWS::Bedrock::Model', { status: 'not-measured' }),
  ],
  gaps: [],
});

const live = (users: readonly string[]) => ({
  accounts: [accountRow(id)],
  identities: [...users, 'clean'].map((user) => identityRow(id, user, { kind: 'user' })),
  credentials: users.map((user) => credentialRow(id, user)),
  logging: [loggingRow(id, 'eu-west-1', 'AWS::Bedrock::Model', { status: 'not-covered' })],
  gaps: [],
});

const metric =
  (change: Partial<NightSummary['metrics'][number]>): Change =>
  (it) => ({ ...it, metrics: it.metrics.map((one) => ({ ...one, ...change })) });

describe('a population of which nothing is known', () => {
  const { summary } = onlyDetails;

  test('is "not measured" in the headline, the answers, the prerequisites and the decisions', () => {
    expect(headline(summary)).toBe('1–2 of 2 identities lie unused; not measured: AI keys, logging of AI use.');
    const { questions } = executiveView(summary);
    expect(questions.slice(1).map(({ answer }) => answer)).toEqual(['Not measured: 1 user not read.', 'Not measured.']);
    expect(prerequisites(summary).map(({ why }) => why)).toEqual([
      'Open in 0 of 1 account, in place in 0, not measured in 1.',
      'Open in 0 of 1 account, in place in 0, not measured in 1. Not measured: 1 user not read. Whether new ones can be made is not measured.',
      'Open in 0 of 1 account, in place in 0, not measured in 1. Not measured: no place could be checked.',
    ]);
    expect(decisions(summary)[0]?.why).toMatch(/^Not measured: AI keys, logging of AI use\. /);
  });

  test.each(audiences)('is never told as looked at: %s', async (audience) => {
    const words = wordsOf(await firstPage(audience, onlyDetails));
    expect(words).not.toMatch(/we could look|where we looked|logged everywhere|No live AI key/i);
    expect(words).toContain('not measured');
  });

  test('stays in the team report by kind', async () => {
    const words = wordsOf(await firstPage('team', onlyDetails));
    expect(words).toContain('AI keys: not measured');
    expect(words).toContain('Logging of AI activity: not measured');
    expect(words).toMatch(/IAM users not measured the only one was not read/);
  });
});

describe('losing an account does not improve the answer', () => {
  test.each([
    { case: 'open', change: metric({ open: true, accountsNotMeasured: ['200000000002'] }) },
    { case: 'unread', change: metric({ unread: 1, unknown: 1 }) },
  ])('keys, $case: at least', ({ change }) => {
    const { summary } = night(live(['a', 'b']), change);
    expect(headline(summary)).toMatch(/^At least 2 long-term AI keys are live/);
    expect(executiveView(summary).questions[1]?.answer).toMatch(
      /^At least 2 long-term AI keys are live: of those seen, 2 never expire, 0 sit on phantom users/,
    );
    expect(prerequisites(summary)[1]?.why).toMatch(/at least 2 live keys on at least 2 users/i);
    expect(decisions(summary).map(({ what }) => what)).toContain('Retire at least 2 long-term AI keys');
  });

  test('a failed account makes the count of keys a least one, too', () => {
    const change: Change = (it) => ({
      ...it,
      completeness: { ...it.completeness, accounts: { ...it.completeness.accounts, failed: 1 } },
    });
    expect(headline(night(live(['a']), change).summary)).toMatch(/^At least 1 long-term AI key is live/);
  });

  test('an open rate says of whom', () => {
    const open = metric({ open: true, lower: 0.4512, upper: 0.5488, numerator: 90, denominator: 180, unknown: 20 });
    const said = spaced(headline(night(live(['a']), open).summary));
    expect(said).toContain('45–55 % of the identities we could count lie unused');
    expect(said).toContain('AI use is logged in 45–55 % of the places we could see');
  });
});

test('one key: singular', () => {
  const { summary } = night(live(['BedrockAPIKey-a1']));
  expect(executiveView(summary).questions[1]?.answer).toBe(
    '1 long-term AI key is live: 1 never expires, 1 sits on a phantom user.',
  );
});

test.each([
  { window: 90, tick: true },
  { window: 30, tick: false },
])('the reference of 90 days beside a window of $window days: $tick', ({ window, tick }) => {
  const { summary } = night(live([]), (it) => ({ ...it, run: { ...it.run, window } }));
  const [power] = executiveView(summary).questions;
  expect(power?.figure.bar.toHTML().includes('92 %')).toBe(tick);
  expect(power?.notes.join(' ').includes('in 90 days (here 30 days)')).toBe(!tick);
});

test.each([
  { unknown: 1, open: false, accounts: [], words: 'the only one was not read' },
  {
    ...{ unknown: 1, open: true, accounts: ['111111111111'] },
    words: 'the only one that was listed was not read; open: 1 account not counted in full',
  },
  {
    ...{ unknown: 3, open: true, accounts: [] },
    words: 'none of 3 users was read; open: accounts could not be listed',
  },
])('of $unknown that were not read, open $open: $words', ({ unknown, open, accounts, words }) => {
  const metric = { id: 'credential.ai-key-user-rate', unit: 'users', unknown, open, accountsNotMeasured: accounts };
  expect(noneRead(metric)).toBe(words);
});
