import fc from 'fast-check';
import { noChanges } from '../../src/domain/action-table.ts';
import type { AccountRow, CredentialRow, IdentityRow } from '../../src/domain/tables.ts';
import { NightTally } from '../../src/pipeline/night-tally.ts';

const row = (account: string, more: Partial<AccountRow> = {}): AccountRow => ({
  id: account,
  account,
  name: null,
  ou: [],
  owner: null,
  ownerRead: true,
  state: 'ACTIVE',
  status: 'measured',
  reason: null,
  attempt: 1,
  regions: 17,
  regionsAssumed: false,
  untrackedRegions: [],
  credentialReportAt: null,
  gaps: 0,
  figures: [],
  ...more,
});

test('accounts are counted by what became of them, and those that hide something are listed with their causes', () => {
  const tally = new NightTally();
  let place = 0;
  for (const status of ['measured', 'partial', 'failed', 'suspended', 'skipped', 'measured'] as const)
    tally.addRow(row(status, { status }), status === 'partial' ? ['a', 'b'] : [], place++);
  expect(tally.accounts).toEqual({ discovered: 6, measured: 2, partial: 1, failed: 1, suspended: 1, skipped: 1 });
  expect(tally.notMeasured.map(({ account, causes }) => [account, causes])).toEqual([
    ['partial', ['a', 'b']],
    ['failed', []],
  ]);
});

test('of more accounts than are listed, the first of the plan are, however parts of the night meet', () => {
  const places = Array.from({ length: 130 }, (_, place) => place);
  const parted = fc.tuple(
    fc.shuffledSubarray(places, { minLength: 130 }),
    fc.array(fc.nat(9), { minLength: 130, maxLength: 130 }),
  );
  fc.assert(
    fc.property(parted, ([order, parts]) => {
      const tallies = Array.from({ length: 10 }, () => new NightTally());
      for (const place of order)
        tallies[parts[place] ?? 0]?.addRow(
          row(String(place), { status: place % 3 === 0 ? 'measured' : 'failed' }),
          [],
          place,
        );
      const whole = new NightTally();
      for (const tally of tallies) whole.merge(tally.toJSON());
      const first = places.filter((place) => place % 3 !== 0).slice(0, 50);
      expect(whole.notMeasured.map(({ account }) => Number(account))).toEqual(first);
    }),
    { numRuns: 50 },
  );
});

test('the oldest and the newest credential report are kept apart', () => {
  const tally = new NightTally();
  for (const day of ['2026-09-02', '2026-09-01', '2026-09-03'])
    tally.addRow(row(day, { credentialReportAt: day }), [], 0);
  expect([tally.oldestReport, tally.newestReport]).toEqual(['2026-09-01', '2026-09-03']);
});

test('phantom users without a live key are only told where every user was read: an unread one may hold a key', () => {
  const phantom = { kind: 'phantom-user', name: 'AeaApiKey-1', activity: 'unread', tooNew: false } as IdentityRow;
  const result = (unread: number) => ({
    account: '111111111111' as never,
    receipt: null,
    row: row('111111111111'),
    identities: [phantom],
    permissions: [],
    credentials: [] as CredentialRow[],
    keyHolders: [],
    keyPowers: [],
    logging: [],
    loggingFixes: [],
    guardrails: [],
    findings: [],
    agents: [],
    takeovers: [],
    workspaces: [],
    practices: [],
    forwarding: [],
    gaps: [],
    users: { total: 1, withAiKey: 0, unread },
    actions: noChanges,
  });
  const [read, hidden] = [new NightTally(), new NightTally()];
  read.addResult(result(0));
  hidden.addResult(result(1));
  expect([read.counts.phantomUsersWithoutLiveKey, hidden.counts.phantomUsersWithoutLiveKey]).toEqual([1, 0]);
});

test('gaps of one cause are one line with the number of accounts, those of most accounts first', () => {
  const tally = new NightTally();
  const gap = (account: string, code: string) => ({
    id: account + code,
    account,
    region: 'global',
    collector: 'c',
    operation: 'iam:X',
    gap: { code },
    cause: code,
    remedy: 'r',
  });
  tally.addGaps([gap('a', 'THROTTLED'), gap('a', 'ACCESS_DENIED')], 0);
  tally.addGaps([gap('b', 'ACCESS_DENIED')], 1);
  expect(tally.gaps().map(({ code, accounts, count }) => [code, accounts, count])).toEqual([
    ['ACCESS_DENIED', 2, 2],
    ['THROTTLED', 1, 1],
  ]);
});
