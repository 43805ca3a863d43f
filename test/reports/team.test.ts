import type { AccountRow, Figure, LoggingFixRow, LoggingRow } from '../../src/domain/tables.ts';
import { keyView } from '../../src/reports/keys.ts';
import { day, daysBetween, moment } from '../../src/reports/numbers.ts';
import { identityView } from '../../src/reports/tables.ts';
import { countWords, knownIn } from '../../src/reports/team/account-figures.ts';
import { night, noRows } from './support/night.ts';
import { accountRow, clock, credentialRow, identityRow, loggingRow } from './support/rows.ts';
import { documentsOf, firstPage, textOf, wordsOf } from './support/templates.ts';

const [one, two] = ['200000000001', '200000000002'];
const keys = 'credential.ai-key-user-rate';
const figure = (given: Partial<Figure>): Figure => ({
  id: keys,
  basis: 'effective',
  kind: 'all',
  class: null,
  population: 'enumerated',
  numerator: 0,
  denominator: 0,
  untrackable: 0,
  unread: 0,
  excepted: 0,
  ...given,
});

test.each<{ case: string; row: Partial<AccountRow>; seen: number; words: string }>([
  { case: 'all read', row: { figures: [figure({ denominator: 4 })] }, seen: 0, words: '0' },
  { case: 'nobody there', row: { figures: [figure({})] }, seen: 0, words: '0' },
  { case: 'no user read', row: { figures: [figure({ unread: 4 })] }, seen: 0, words: 'not measured' },
  { case: 'some read', row: { figures: [figure({ denominator: 4, unread: 2 })] }, seen: 3, words: 'at least 3' },
  {
    case: 'last measured',
    row: { figures: [figure({ population: 'last-measured', unread: 9 })] },
    seen: 0,
    words: 'not measured',
  },
  { case: 'never', row: { figures: [figure({ population: 'never-measured' })] }, seen: 0, words: 'not measured' },
  { case: 'failed', row: { status: 'failed' }, seen: 0, words: 'not measured' },
  {
    case: 'one kind never listed',
    row: { status: 'partial', figures: [figure({ denominator: 2 }), figure({ population: 'never-measured' })] },
    seen: 1,
    words: 'at least 1',
  },
])('a count of an account, $case: $words', ({ row, seen, words }) => {
  expect(countWords(knownIn(accountRow(one, row), keys), seen)).toBe(words);
});

test('unknown is never zero on the page of an account, nor in the list of accounts', async () => {
  const dark = accountRow(one, { status: 'failed', regions: 0, credentialReportAt: null });
  const part = accountRow(two, { status: 'partial', figures: [figure({ unread: 3 })] });
  const documents = await documentsOf('team', night({ ...noRows, accounts: [dark, part] }));
  const page = (path: string): string =>
    wordsOf(textOf(documents.find((it) => it.path === path) ?? { bytes: new Uint8Array() }));
  expect(page(`accounts/${one}.html`)).toContain('Regions not measured');
  expect(page(`accounts/${two}.html`)).toContain('Live AI keys not measured');
  expect(page(`accounts/${two}.html`)).toContain('Not measured: no user’s credentials were read.');
  expect(page('index.html')).toMatch(/account 001 200000000001(?: not measured){5} 0/);
});

describe('the matrix', () => {
  const input = night({
    ...noRows,
    accounts: [
      accountRow(one, { name: 'lit', ou: ['ou-lab'] }),
      accountRow(two, { name: 'dark', ou: ['ou-lab'], status: 'failed' }),
    ],
    logging: [
      loggingRow(one, 'eu-west-1', 'management', { status: 'not-covered' }),
      loggingRow(one, 'eu-west-1', 'AWS::Bedrock::Model', { status: 'not-covered' }),
      loggingRow(one, 'us-east-1', 'AWS::Bedrock::Model', { status: 'not-measured' }),
    ],
  });

  test('has a row for the account that was not measured, and counts it in its unit', async () => {
    const page = await firstPage('team', input);
    const words = wordsOf(page);
    expect(words).toContain('Sandbox 2 accounts, 1 AI cell missing, 1 AI cell not measured, 1 account not measured');
    expect(words).toContain('dark 200000000002 not measured not measured – not measured');
    expect(page.match(/class="cell unknown"/g)).toHaveLength(2);
  });

  test('adds up AI classes only, what was not measured apart', async () => {
    const words = wordsOf(await firstPage('team', input));
    expect(words).toMatch(/lit 200000000001 1 not covered .*?1 1 not measured/);
    expect(words).toMatch(
      /All accounts 1 not covered, 1 account not measured 1 not covered, 1 not measured, 1 account not measured 1 1 not measured, 1 account/,
    );
    expect(words).toContain('At least 1 cell where AI use would leave no full record');
  });
});

test('a sum over an account that was not measured is never drawn as covered everywhere', async () => {
  const accounts = [accountRow(one), accountRow(two, { status: 'failed' })];
  const logging = [loggingRow(one, 'eu-west-1', 'AWS::Bedrock::Model')];
  const words = wordsOf(await firstPage('team', night({ ...noRows, accounts, logging })));
  expect(words).toContain('All accounts seen 1 covered, 1 account not measured');
});

test('without a use on record nobody can say how long an identity lies idle', () => {
  const row = identityRow(one, 'old', { activity: 'unused', lastUsed: null, created: '2020-01-01T00:00:00Z' });
  expect(identityView(row, clock, null)).toMatchObject({ lastUsed: 'no use on record', idle: '–' });
});

test('no use on record stands before the longest idle', async () => {
  const identities = [
    identityRow(one, 'idle', { activity: 'unused', lastUsed: '2020-05-01T00:00:00Z' }),
    identityRow(one, 'silent', { activity: 'unused', lastUsed: null, created: '2024-01-01T00:00:00Z' }),
  ];
  const words = wordsOf(await firstPage('team', night({ ...noRows, accounts: [accountRow(one)], identities })));
  expect(words.indexOf('role/ silent')).toBeLessThan(words.indexOf('role/ idle'));
  expect(words.indexOf('role/ silent')).toBeGreaterThan(0);
});

test.each([
  { case: 'live', given: {}, offered: true },
  { case: 'expired', given: { live: false, expires: '2026-01-01T00:00:00Z' }, offered: false },
  { case: 'inactive', given: { live: false, status: 'Inactive' }, offered: false },
])('a command that deactivates a key, $case: $offered', ({ given, offered }) => {
  expect(keyView(credentialRow(one, 'mara', given), null, null).command !== null).toBe(offered);
});

test('dates do not wrap', async () => {
  const input = night({ ...noRows, accounts: [accountRow(one)], credentials: [credentialRow(one, 'mara')] });
  expect(await firstPage('team', input)).toContain('<td class="short">2026-03-14<');
});

test('a text that is no date stands as it is and breaks nothing', async () => {
  const odd = 'no_information';
  expect([day(odd), moment(odd), daysBetween(odd, clock)]).toEqual([odd, odd, null]);
  const input = night({
    ...noRows,
    accounts: [accountRow(one, { credentialReportAt: odd })],
    identities: [identityRow(one, 'old', { activity: 'unused', created: odd, lastUsed: odd })],
    credentials: [credentialRow(one, 'mara', { created: odd, expires: odd })],
  });
  const pages = await documentsOf('team', input);
  for (const page of pages.filter(({ path }) => /^(index|accounts.*)\.html$/.test(path)))
    expect(wordsOf(textOf(page))).toContain(odd);
  expect(wordsOf(await firstPage('auditor', input))).toContain(odd);
});

describe('the page on logging', () => {
  const cells = (account: string): LoggingRow[] => [
    loggingRow(account, 'eu-central-1', 'AWS::Bedrock::Model', {
      status: 'partial',
      why: 't, selector 1: only readOnly Equals true',
      witness: { eventName: 'StartAsyncInvoke', readOnly: false },
    }),
    loggingRow(account, 'eu-west-1', 'AWS::Bedrock::Model', { status: 'not-covered' }),
    loggingRow(account, 'eu-west-1', 'model-invocation-logging', { core: false, status: 'covered' }),
  ];
  const fix = (account: string, more: Partial<LoggingFixRow>): LoggingFixRow => ({
    id: `${account}/x`,
    account,
    target: `arn:aws:cloudtrail:eu-central-1:${account}:trail/own`,
    runIn: account,
    region: 'eu-central-1',
    steps: [`aws cloudtrail put-event-selectors --trail-name <own-${account}>`],
    closes: [{ eventClass: 'AWS::Bedrock::Model', regions: ['eu-central-1', 'eu-west-1'] }],
    costDriver: 'AWS::Bedrock::Model',
    costs: [{ eventClass: 'AWS::Bedrock::Model', oneEventPer: 'asynchronous model call' }],
    ...more,
  });
  const [first, second] = ['100000000001', '100000000002'];
  const shared = {
    target: 'arn:aws:cloudtrail:eu-central-1:900000000001:trail/org',
    runIn: '900000000001',
    steps: ['aws shared'],
  };
  const rows = {
    ...noRows,
    accounts: [accountRow(first), accountRow(second)],
    logging: [...cells(first), ...cells(second)],
    'logging-fixes': [fix(first, shared), fix(first, {}), fix(second, shared)],
  };

  test('every class, why it falls short with a witness, and each shared command once', async () => {
    const documents = await documentsOf('team', night(rows));
    const page = textOf(documents.find(({ path }) => path === 'logging/index.html') ?? { bytes: new Uint8Array() });
    expect(page).toContain('Partial in 2 cells: t, selector 1: only readOnly Equals true');
    expect(page).toContain('StartAsyncInvoke');
    expect(page.match(/aws shared/g)).toHaveLength(1);
    expect(page).toContain('closes 4 cells of 2 accounts');
    expect(page).toContain('Bedrock Model: one event for each asynchronous model call');
    expect(page).toContain(`../accounts/${first}.html#logging`);
    expect(page).toContain('Claude Console after federation');
    const index = textOf(documents.find(({ path }) => path === 'index.html') ?? { bytes: new Uint8Array() });
    expect(index).toContain('href="logging/index.html"');
  });

  test('a command for one account stands on its page, made safe', async () => {
    const documents = await documentsOf('team', night(rows));
    const of = (account: string) =>
      textOf(documents.find(({ path }) => path === `accounts/${account}.html`) ?? { bytes: new Uint8Array() });
    expect(of(first)).toContain(`&lt;own-${first}&gt;`);
    expect(of(second)).not.toContain('own-');
  });
});
