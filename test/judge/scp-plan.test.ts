import { accountId } from '../../src/domain/ids.ts';
import { unitsOf } from '../../src/guardrails/closing.ts';
import { invocationLogProtection, noPhantomUsers, trailProtection } from '../../src/guardrails/index.ts';
import type { UnitState } from '../../src/judge/closing-gaps.ts';
import { type PlannedFence, planScps } from '../../src/judge/scp-plan.ts';

const guarded = { account: accountId('000000000000'), maxKeyAgeDays: 90, allowedAudiences: [] };
const units = unitsOf([invocationLogProtection, noPhantomUsers, trailProtection], guarded);
const wide = { characters: 10_240, free: () => 9 };

const id = (number: number) => accountId(String(number).padStart(12, '1'));
const account = (
  number: number,
  ou: readonly string[],
  state: UnitState,
  spared: readonly string[] = [],
): PlannedFence => ({
  account: id(number),
  ou,
  states: units.map(() => state),
  spared: units.map(() => spared),
});
const targetsOf = (accounts: readonly PlannedFence[], room = wide) =>
  planScps(units, accounts, room).scps.map(({ targets }) => targets);

test('what is open everywhere is closed at the root, in one SCP', () => {
  expect(targetsOf([account(1, ['ou-a'], 'open'), account(2, ['ou-b'], 'open'), account(3, [], 'closed')])).toEqual([
    ['root'],
  ]);
});

test('nothing is planned where nothing is open, or nobody knows', () => {
  expect(targetsOf([account(1, [], 'closed'), account(2, [], 'unknown'), account(3, [], 'kept')])).toEqual([]);
});

test('never above an account that keeps what would be taken: below it, as high as can be', () => {
  const accounts = [
    account(1, ['ou-a', 'ou-a1'], 'open'),
    account(2, ['ou-a', 'ou-a2'], 'unknown'),
    account(3, ['ou-b'], 'open'),
    account(4, ['ou-b'], 'kept'),
  ];
  expect(targetsOf(accounts)).toEqual([['ou-a', id(3)]]);
});

test('principals in use are exempt, where the statement speaks', () => {
  const { scps } = planScps(units, [account(1, [], 'open', ['arn:aws:iam::111111111111:role/x'])], wide);
  for (const { Condition } of scps[0]?.document.Statement ?? [])
    expect(Condition?.['ArnNotLike']).toEqual({ 'aws:PrincipalArn': 'arn:aws:iam::111111111111:role/x' });
});

test('what is too large for one target goes further down; what finds no room at all is told', () => {
  const spared = (from: number) =>
    Array.from({ length: 60 }, (_, at) => `arn:aws:iam::111111111111:role/some-team/role-in-use-${from + at}`);
  const accounts = [account(1, ['ou-a'], 'open', spared(0)), account(2, ['ou-b'], 'open', spared(100))];
  const plan = planScps(units, accounts, { characters: 10_240, free: (target) => (target === 'root' ? 1 : 9) });
  expect(plan.unplaced).toEqual([]);
  const texts = plan.scps.map(({ document }) => JSON.stringify(document));
  for (const text of texts) expect(text.length).toBeLessThanOrEqual(10_240);
  expect(plan.scps.filter(({ targets }) => targets.includes('root')).length).toBeLessThanOrEqual(1);
  expect(plan.scps.some(({ targets }) => targets.includes('ou-a') || targets.includes(id(1)))).toBe(true);
  const full = planScps(units, accounts, { characters: 10_240, free: () => 0 });
  expect(full.scps).toEqual([]);
  expect(new Set(full.unplaced.map(({ why }) => why))).toEqual(new Set(['no more SCPs can be attached there']));
  expect(full.unplaced.map(({ target, guardrail }) => `${guardrail} ${target}`).sort()).toEqual(
    accounts
      .flatMap((it) => units.map(({ guardrail }) => `${guardrail.id} ${it.account}`))
      .filter((it, at, all) => all.indexOf(it) === at)
      .sort(),
  );
});

test('an account that used something keeps that action alone', () => {
  const at = units.findIndex(({ action }) => action === 'cloudtrail:StopLogging');
  const arn = 'arn:aws:iam::111111111111:role/log-admin';
  const spared = units.map((_, unit) => (unit === at ? [arn] : []));
  const { scps } = planScps(units, [{ ...account(1, [], 'open'), spared }], wide);
  const exempting = scps.flatMap(({ document }) =>
    document.Statement.filter(({ Condition }) => Condition?.['ArnNotLike']),
  );
  expect(exempting.map(({ Action }) => Action)).toEqual(['cloudtrail:StopLogging']);
});
