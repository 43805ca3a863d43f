import { escalationSets } from '../../src/catalogue/escalation.ts';
import { sensitivePermissions } from '../../src/catalogue/sensitive/index.ts';
import { closingBlock } from '../../src/cli/closing.ts';
import type { Night } from '../../src/domain/night.ts';
import type { NightSummary } from '../../src/domain/summary.ts';
import { bases, pairStates } from '../../src/domain/tables.ts';
import type { StoredSeal } from '../../src/evidence/chain.ts';
import { figuresOf } from '../../src/metrics/figures.ts';
import { permissionUnusedSensitiveIdentityRate, permissionUnusedSensitivePairRate } from '../../src/metrics/index.ts';
import { decisions } from '../../src/reports/executive/decisions.ts';
import { executiveView } from '../../src/reports/executive/view.ts';
import type { ReportInput } from '../../src/reports/input.ts';
import { thin } from '../../src/reports/numbers.ts';
import { allWays, waysOf } from '../../src/reports/sensitive.ts';
import { holdersOf, holderView } from '../../src/reports/team/holders.ts';
import { holderPages } from '../../src/reports/team/holders-view.ts';
import { headline } from '../../src/reports/words.ts';
import { type Held, type Holder, holder, holdingsOf, pairsOf } from './support/holders.ts';
import { night } from './support/night.ts';
import { accountRow } from './support/rows.ts';
import { documentsOf, firstPage, textOf, wordsOf } from './support/templates.ts';

const one = '200000000001';
const list = sensitivePermissions.map(({ action }) => action);
const [first = '', second = '', third = ''] = list;
const spaced = (text: string): string => text.replaceAll(thin, ' ');

/** A night of one account whose figures are counted from what its identities hold. */
function nightOf(holders: readonly Holder[]): ReportInput {
  const identities = holders.map(({ identity }) => identity);
  const permissions = holders.flatMap((it) => it.permissions);
  const figures = figuresOf(
    [permissionUnusedSensitiveIdentityRate, permissionUnusedSensitivePairRate],
    {
      holdings: bases.flatMap((basis) => holdingsOf(identities, basis)),
      pairs: bases.flatMap((basis) => pairsOf(permissions, basis, null)),
    },
    { users: true, roles: true, regions: true },
  );
  const accounts = [accountRow(one, { figures })];
  return night({ accounts, identities, permissions, credentials: [], logging: [], findings: [], gaps: [] });
}

const view = ({ identity, permissions }: Holder) => holderView({ identity, rows: permissions }, list.length);

async function accountPage(holders: readonly Holder[]): Promise<string> {
  const pages = await documentsOf('team', nightOf(holders));
  return wordsOf(textOf(pages.find(({ path }) => path === `accounts/${one}.html`) ?? { bytes: new Uint8Array() }));
}

describe('what limits leave was not read', () => {
  const limited: Held = { effective: 'unread', state: 'unused', actions: [first, second] };
  const holders = ['a', 'b', 'c'].map((name) => holder(one, name, [limited], { activity: 'unused', escalation: null }));
  const { summary } = nightOf(holders);

  test('the headline and the answer stand on paper and say so', () => {
    expect(headline(summary)).toMatch(
      /^On paper 3 of 3 identities with sensitive permissions used none of them.*; not measured: effective permissions/,
    );
    const [power] = executiveView(summary).questions;
    expect(power?.answer).toBe(
      'On paper, 3 of 3 identities with sensitive permissions used none of them in 90 days; effectively not measured.',
    );
    expect(power?.figure).toMatchObject({ state: 'not-measured', value: 'not measured', count: null });
    expect(decisions(summary).map(({ why }) => why)).toContainEqual(
      expect.stringContaining('Counted on paper: what limits leave of it was not read.'),
    );
  });

  test.each(['executive', 'team', 'auditor'] as const)(
    'the %s report never shows the effective rate as 0',
    async (audience) => {
      const words = wordsOf(await firstPage(audience, nightOf(holders)));
      expect(words).toMatch(/none of 3 identities could be judged/);
      expect(words).not.toMatch(/\b0\s%/);
    },
  );

  test('the team is told why, and the account names each identity as unread', async () => {
    expect(wordsOf(await firstPage('team', nightOf(holders)))).toContain(
      'No effective figure: a service control policy, a resource control policy or a boundary that may deny was not read',
    );
    const words = await accountPage(holders);
    expect(words.match(/Unread: a boundary, SCP or RCP could not be read/g)).toHaveLength(3);
    expect(words).toContain('unread 2 a boundary, SCP or RCP was not read; on paper unused');
  });

  test('the closing block has the nominal value beside it', () => {
    expect(spaced(closing(summary))).toMatch(
      /holders using no sensitive permission +not measured: none of 3 identities could be judged; nominal 3 of 3\n/,
    );
  });
});

function closing(summary: NightSummary): string {
  const seal = { seq: 1, reports: [] } as unknown as StoredSeal['seal'];
  const made = { dt: '2026-11-24', run: 'r', clock: summary.run.clock, windowDays: 90 } as unknown as Night;
  return closingBlock(summary, { seal, key: 'k', digest: 'd' } as unknown as StoredSeal, made, 'out', 1);
}

test('both figures are told with numerator, denominator and each unknown by its own word', async () => {
  const holders = [
    ...Array.from({ length: 18 }, (_, n) => holder(one, `unused-${n}`, [{ state: 'unused', actions: [first] }])),
    holder(one, 'used', [{ state: 'used', actions: [first] }]),
    holder(one, 'untrackable', [{ state: 'untrackable', actions: [first] }]),
    holder(one, 'unread', [{ state: 'unread', actions: [first] }]),
    holder(one, 'too-new', [{ state: 'too-new', actions: [first] }], { tooNew: true }),
    holder(one, 'paper', [{ state: 'unused', effective: 'denied', actions: [first] }]),
  ];
  const input = nightOf(holders);
  const [power] = executiveView(input.summary).questions;
  expect(power?.answer).toBe('At least 18 of 21 identities with sensitive permissions used none of them in 90 days.');
  expect(power?.figure).toMatchObject({ count: '18 of 21', unknown: '1 untrackable, 1 unread' });
  expect(power?.beside?.figure).toMatchObject({ count: '19 of 22', unknown: '1 untrackable, 1 unread' });
  expect(spaced(closing(input.summary))).toMatch(
    /holders using no sensitive permission +85–96 %, 18 of 21 identities, 1 untrackable, 1 unread; nominal 86–96 %\n/,
  );
  const words = spaced(wordsOf(await firstPage('auditor', input)));
  expect(words).toContain('Result, effective 85–96 % 18 of 21 identities, 1 untrackable, 1 unread');
  expect(words).toContain('Result, nominal 86–96 % 19 of 22 identities');
});

describe('one identity', () => {
  test('states are said in their own words, what is on paper only apart and last', () => {
    const held: Held[] = [
      { state: 'unused', effective: 'denied', actions: [first] },
      ...pairStates.map((state, at) => ({ state, actions: list.slice(at + 1, at + 2) })),
      { state: 'unused', nominal: 'conditional', actions: [list[9] ?? ''] },
    ];
    expect(view(holder(one, 'a', held)).groups.map(({ word, note }) => [word, note])).toEqual([
      ['unused', null],
      ['unused', 'under conditions'],
      ['untrackable', null],
      ['unread', null],
      ['used', null],
      ['too-new', null],
      ['on paper only', 'denied by a boundary, SCP or RCP; unused'],
    ]);
  });

  test('counts are effective, with the nominal number where it differs', () => {
    const held: Held[] = [
      { state: 'unused', actions: [first, second] },
      { state: 'unused', effective: 'denied', actions: [third] },
    ];
    expect(view(holder(one, 'a', held)).counts).toEqual([
      { value: '2', nominal: '3' },
      { value: '0', nominal: null },
      { value: '2', nominal: '3' },
      { value: '0', nominal: null },
      { value: '0', nominal: null },
    ]);
  });

  test('one that is too new is not counted in any state', async () => {
    const fresh = holder(one, 'a', [{ state: 'too-new', actions: [first] }], { tooNew: true });
    expect(view(fresh).counts.map(({ value }) => value)).toEqual(['1', '–', '–', '–', '–']);
    expect(view(fresh).state).toBe('too-new');
  });

  test('one whose policy was not read is named, and each permission of the list is unread', async () => {
    const dark = holder(one, 'dark', [{ nominal: 'unread', state: 'unread', actions: list }], { escalation: null });
    const words = await accountPage([dark, holder(one, 'b', [{ state: 'unused', actions: [first] }])]);
    expect(words).toMatch(
      /A policy could not be read of arn:aws:iam::\d+:role\/ dark : what they hold is unread, not none/,
    );
    expect(words).toContain(`each of the ${list.length} permissions of the list counts as unread`);
    expect(words).toContain('Ways to more rights: unread, because a policy could not be read');
  });

  test('what was not read does not slip behind what is known to lie unused', () => {
    const known: Held[] = [
      { state: 'unused', actions: [first, second] },
      { state: 'used', actions: list.slice(5, 9) },
    ];
    const holders = [
      holder(one, 'known', known),
      holder(one, 'unread', [{ state: 'unread', actions: list.slice(0, 3) }]),
    ];
    expect(holdersOf(rowsOf(holders)).map(({ identity }) => identity.name)).toEqual(['unread', 'known']);
  });

  test('names what is not used by class, with examples and the reason of each once', async () => {
    const actions = ['iam:AttachGroupPolicy', 's3:GetObject', 'sts:AssumeRole'];
    const unused = ['a', 'b'].map((name) => holder(one, name, [{ state: 'unused', actions }]));
    const words = await accountPage(unused);
    expect(words.match(/unused: [^;]*Data access 1[^;]*; for example/g)).toHaveLength(2);
    for (const action of actions) {
      const reason = sensitivePermissions.find((it) => it.action === action)?.reason ?? 'missing';
      expect(words.split(reason)).toHaveLength(2);
    }
    expect(view(unused[0] ?? holder(one, 'x', [])).examples.toSorted()).toEqual(actions);
  });
});

describe('ways to more rights', () => {
  test('every open set is spelt out with title and path', async () => {
    const ids = ['iam-001', 'iam-005', 'iam-007', 'ec2-001'];
    const words = await accountPage([holder(one, 'a', [{ state: 'unused', actions: [first] }], { escalation: ids })]);
    expect(words).toContain('Ways to more rights: 3 ways, 4 sets of permissions');
    for (const { title, path, id } of escalationSets.filter((it) => ids.includes(it.id))) {
      expect(words).toContain(`${title}. ${path}`);
      expect(words).toContain(id);
    }
  });

  test('every set of the catalogue is on one way, and an unknown one is not lost', () => {
    expect(allWays.flatMap(({ sets }) => sets.map(({ id }) => id)).toSorted()).toEqual(
      escalationSets.map(({ id }) => id).toSorted(),
    );
    expect(waysOf(['gone-001']).map(({ title }) => title)).toEqual(['gone-001']);
  });

  test.each([
    { case: 'none', escalation: [[]], words: 'Ways to more rights: none is open' },
    {
      case: 'not known',
      escalation: [null],
      words: 'Ways to more rights: none was seen; 1 identity could not be judged',
    },
    {
      case: 'one, the other not known',
      escalation: [['iam-001'], null],
      words: 'At least 1 identity has a way to more rights; 1 identity could not be judged',
    },
  ])('the team reads how many identities have one: $case', async ({ escalation, words }) => {
    const holders = escalation.map((open, n) =>
      holder(one, `r${n}`, [{ state: 'unused', actions: [first] }], { escalation: open }),
    );
    expect(wordsOf(await firstPage('team', nightOf(holders)))).toContain(words);
  });
});

test('nothing is cut: every pair of a large account stands on its pages, and every page is small', async () => {
  const holders = Array.from({ length: 600 }, (_, n) =>
    holder(one, `role-${String(n).padStart(3, '0')}`, [
      { state: 'unused', actions: list.slice(n % 40, (n % 40) + 80) },
    ]),
  );
  const documents = await documentsOf('team', nightOf(holders));
  const own = documents.filter(({ path }) => path.startsWith('accounts/'));
  expect(own.length).toBeGreaterThan(2);
  const index = textOf(own.find(({ path }) => path === `accounts/${one}.html`) ?? { bytes: new Uint8Array() });
  for (const { path } of own.slice(1)) expect(index).toContain(`href="${path.slice('accounts/'.length)}"`);
  const names = own.flatMap((page) =>
    [...textOf(page).matchAll(/<dl class="pairs">(.*?)<\/dl>/g)].flatMap(([, groups = '']) =>
      [...groups.matchAll(/<dd>(.*?)<\/dd>/g)].flatMap(([, dd = '']) => dd.split(/[,;]/)),
    ),
  );
  expect(names).toHaveLength(600 * 80);
  const nothing = {
    credentials: [],
    keyHolders: [],
    keyPowers: [],
    logging: [],
    loggingFixes: [],
    guardrails: [],
    findings: [],
    practices: [],
    agents: [],
    takeovers: [],
    workspaces: [],
    forwarding: [],
    gaps: [],
  };
  const pages = holderPages({ row: accountRow(one), ...rowsOf(holders), ...nothing });
  expect(pages.flatMap((page) => page.holders)).toHaveLength(600);
  for (const { bytes, path } of own.slice(1))
    expect({ path, small: bytes.length < 1_000_000 }).toEqual({ path, small: true });
});

const rowsOf = (holders: readonly Holder[]) => ({
  identities: holders.map(({ identity }) => identity),
  permissions: holders.flatMap((it) => it.permissions),
});

test('an identity that holds nothing is counted, not listed', async () => {
  const words = await accountPage([holder(one, 'a', []), holder(one, 'b', [], { sensitive: null, escalation: null })]);
  expect(words).toContain('1 identity holds none; 1 service-linked role is not judged.');
  expect(holdersOf(rowsOf([holder(one, 'a', [])]))).toEqual([]);
});

test('the auditor names the list, its version, and the AI actions that nobody has classified', async () => {
  const { summary, ...rest } = nightOf([holder(one, 'a', [{ state: 'unused', actions: [first] }])]);
  const input = (unclassified: string[]): ReportInput => ({
    ...rest,
    summary: { ...summary, sensitive: { ...summary.sensitive, unclassified } },
  });
  expect(wordsOf(await firstPage('auditor', input([])))).toContain(
    'assay-sensitive version 1, 640 permissions; action catalogue 0.21.1; unclassified AI actions: none.',
  );
  const words = wordsOf(await firstPage('auditor', input(['bedrock:NewThing'])));
  expect(words).toContain('unclassified AI actions: bedrock:NewThing.');
  for (const said of [
    'iam:PassRole is never tracked',
    'too-new and stand apart',
    'session policies and trust policies are not judged',
  ])
    expect(words).toContain(said);
});

test('the list page has every permission with its reason', async () => {
  const page = (await documentsOf('team', nightOf([]))).find(({ path }) => path.startsWith('lists/'));
  const html = textOf(page ?? { bytes: new Uint8Array() });
  for (const { action } of sensitivePermissions) expect(html).toContain(`<tr id="${action}">`);
});
