import fc from 'fast-check';
import { accountId } from '../../src/domain/ids.ts';
import { unitsOf } from '../../src/guardrails/closing.ts';
import { layersOf } from '../../src/guardrails/fence.ts';
import {
  invocationLogProtection,
  noLongTermAiKeyUse,
  noPhantomUsers,
  outboundFederationFence,
  trailProtection,
} from '../../src/guardrails/index.ts';
import { prove } from '../../src/guardrails/prove.ts';
import { searchRequest } from '../../src/guardrails/search.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import { fullAccess } from '../../src/iam/full-access.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import { requestOf } from '../../src/iam/request.ts';
import { type UnitState, unitStates } from '../../src/judge/closing-gaps.ts';
import { type AccountFence, withMore } from '../../src/judge/fences.ts';
import { type PlannedFence, planScps, planWithin } from '../../src/judge/scp-plan.ts';
import { fuzzAccount, fuzzOrgPath, statementsAbout } from '../support/scp-statements.ts';

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

test('the narrower room is taken where it costs nothing: no gap left open, no SCP further down', () => {
  const inUse = Array.from({ length: 40 }, (_, at) => `arn:aws:iam::111111111111:role/some-team/role-in-use-${at}`);
  const accounts = [account(1, ['ou-a'], 'open', inUse), account(2, ['ou-b'], 'open')];
  const narrow = (free: number) => ({ characters: 5_120, free: () => free });
  const planned = (free: number) => planWithin(units, accounts, [narrow(free), wide]).scps;
  expect(planned(4).every(({ targets }) => targets.includes('root'))).toBe(true);
  expect(planned(4).length).toBeGreaterThan(planScps(units, accounts, wide).scps.length);
  for (const { document } of planned(4)) expect(JSON.stringify(document).length).toBeLessThanOrEqual(5_120);
  // One SCP of 5,120 characters does not hold all of it: what was left over would stand below the root.
  for (const free of [1, 0, -1]) expect(planned(free)).toEqual(planScps(units, accounts, wide).scps);
});

test('the narrower room is not taken where one unit moves down, though others stand on the same targets', () => {
  const inUse = Array.from({ length: 30 }, (_, at) => `arn:aws:iam::111111111111:role/some-team/role-in-use-${at}`);
  const states = units.map(({ guardrail }): UnitState => (guardrail === noPhantomUsers ? 'kept' : 'closed'));
  const accounts = [account(1, ['ou-a'], 'open', inUse), { ...account(2, ['ou-b'], 'closed'), states }];
  const room = (characters: number) => ({ characters, free: (target: string) => (target === 'root' ? 1 : 9) });
  const narrow = planScps(units, accounts, room(5_120));
  const wider = planScps(units, accounts, room(10_240));
  for (const plan of [narrow, wider]) expect([...plan.placed.keys()].sort()).toEqual(['ou-a', 'root']);
  expect(narrow.placed.get('root')?.size).toBeLessThan(wider.placed.get('root')?.size ?? 0);
  expect(planWithin(units, accounts, [room(5_120), room(10_240)])).toEqual(wider);
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
  expect(planScps(units, accounts, { characters: 10_240, free: () => -1 })).toEqual(full);
  expect(new Set(full.unplaced.map(({ why }) => why))).toEqual(new Set(['no more SCPs can be attached there']));
  expect(full.unplaced.map(({ target, guardrail }) => `${guardrail} ${target}`).sort()).toEqual(
    accounts
      .flatMap((it) => units.map(({ guardrail }) => `${guardrail.id} ${it.account}`))
      .filter((it, at, all) => all.indexOf(it) === at)
      .sort(),
  );
});

test('where targets share an SCP, it exempts those in use below each of them', () => {
  const arns = [1, 2].map((number) => `arn:aws:iam::${id(number)}:role/in-use`);
  const keeper = account(3, [], 'kept');
  const accounts = arns.map((arn, at) => account(at + 1, [`ou-${at}`], 'open', [arn]));
  const { scps } = planScps(units, [...accounts, keeper], wide);
  expect(scps.map(({ targets }) => targets)).toEqual([['ou-0', 'ou-1']]);
  for (const { Condition } of scps[0]?.document.Statement ?? [])
    expect(Condition?.['ArnNotLike']).toEqual({ 'aws:PrincipalArn': arns });
});

test('the largest closing moves down first; one that is too large for where it ends is told so', () => {
  const many = Array.from({ length: 70 }, (_, at) => `arn:aws:iam::111111111111:role/some-team/role-in-use-${at}`);
  const large = units.find(({ guardrail }) => guardrail === trailProtection)?.closing;
  const isLarge = units.map(({ closing }) => closing === large);
  const fence = { ...account(1, ['ou-a'], 'open'), spared: isLarge.map((it) => (it ? many : [])) };
  const plan = planScps(units, [fence], { characters: 5_120, free: (target) => (target === 'root' ? 1 : 9) });
  const places = (wanted: boolean) => new Set([...units.keys()].filter((at) => isLarge[at] === wanted));
  expect(plan.placed).toEqual(new Map(Object.entries({ root: places(false), 'ou-a': places(true) })));
  const [target, guardrail, why] = [id(1), trailProtection.id, 'it needs more room than is left there'];
  for (const free of [1, 9])
    expect(planScps(units, [fence], { characters: 2_000, free: () => free }).unplaced).toEqual([
      { target, guardrail, why },
    ]);
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

// Whatever is attached: what was made closes every gap it was made for, takes nothing from those in use, and leaves named exceptions alone.
const scpOf = (statements: readonly object[]) =>
  parsePolicy({ Version: '2012-10-17', Statement: statements }, 'scp', 'scp');
const chosen = [invocationLogProtection, noPhantomUsers, noLongTermAiKeyUse, outboundFederationFence];
const settings = { maxKeyAgeDays: 90, allowedAudiences: [], approved: [] };
const chosenUnits = unitsOf(chosen, { account: fuzzAccount, ...settings });
const attached = fc.array(statementsAbout(chosen.flatMap((it) => it.probes({ account: fuzzAccount, ...settings }))), {
  maxLength: 2,
});
const [inUse, other] = ['role/in-use', 'role/ai'].map((it) => `arn:aws:iam::${fuzzAccount}:${it}`);

test('the plan keeps its promises over random SCPs', () => {
  let closed = 0;
  const property = fc.property(attached, attached, fc.subarray([...chosenUnits.keys()]), (root, own, used) => {
    const scps = [root, own].map((level) => [fullAccess, ...(level.length > 0 ? [scpOf(level)] : [])]);
    const around: AccountFence = {
      ...{ account: fuzzAccount, bound: true, trying: null, doubts: [] },
      fence: { account: fuzzAccount, organization: 'o-example', orgPath: fuzzOrgPath, scps, rcps: [] },
    };
    const states = unitStates(chosenUnits, around, settings);
    const spared = chosenUnits.map((_, at) => (used.includes(at) ? [inUse ?? ''] : []));
    const fence = { account: fuzzAccount, ou: ['ou-a'], states, spared };
    const { scps: made, unplaced } = planScps(chosenUnits, [fence], wide);
    expect(unplaced).toEqual([]);
    const more = made.map(({ document }) => parsePolicy(document, 'scp', 'made'));
    const after = { ...around.fence, scps: withMore(scps, more) };
    for (const guardrail of chosen) {
      const probes = guardrail.probes({ account: fuzzAccount, ...settings });
      for (const [at, probe] of probes.entries()) {
        const was = prove(probe, around.fence);
        const is = prove(probe, after);
        expect(is.state).not.toBe('open');
        if (was.state === 'open') closed++;
        const unit = chosenUnits.findIndex((it) => it.guardrail === guardrail && it.closes.includes(at));
        const mine = was.witness?.principal === inUse || states[unit] === 'kept';
        if (was.witness !== null && (mine || !used.includes(unit)) && states[unit] !== 'open')
          expect(evaluate(requestOf(was.witness), layersOf(after)).decision).toBe('Allowed');
        // Who used it gets through wherever it did before.
        const asked = searchRequest(probe, around.fence, [inUse ?? '']);
        if (used.includes(unit) && asked !== null)
          expect(evaluate(requestOf(asked), layersOf(after)).decision).toBe('Allowed');
        if (was.state === 'open' && other !== undefined && searchRequest(probe, after, [other]) !== null)
          throw new Error(`${other} still gets through`);
      }
    }
  });
  fc.assert(property, { numRuns: Number(process.env['ASSAY_FUZZ_RUNS'] ?? 150) });
  expect(closed).toBeGreaterThan(100);
});
