import { escalationSets } from '../../src/catalogue/escalation.ts';
import { sensitiveClassesOf, sensitivePermissions } from '../../src/catalogue/sensitive/index.ts';
import { countedKinds } from '../../src/domain/identity.ts';
import { type Basis, bases } from '../../src/domain/tables.ts';
import { idOf } from '../../src/simulator/demo/places.ts';
import { demoTruth } from '../../src/simulator/demo/truth.ts';
import { demoHoldings } from '../../src/simulator/demo/truth-permissions.ts';
import { answering, type Counted, inWindow, readable, rolesOf, usersOf } from './count.ts';
import { holdings, keyPowers } from './held.ts';

// A second count of what the demo's identities hold and use: from the raw documents by the reference evaluator, and from AWS's raw reports.

type State = 'used' | 'unused' | 'untrackable' | 'unread';
interface Pair {
  readonly action: string;
  readonly state: State;
}

const all = sensitivePermissions.map(({ action }) => action);
const held = holdings(all);
const everybody = [
  ...(await Promise.all(answering.map(({ id }) => usersOf(id)))).flat(),
  ...(await Promise.all(readable.map(({ id }) => rolesOf(id)))).flat(),
].filter(({ kind }) => (countedKinds as readonly string[]).includes(kind));
const counted = everybody.filter(({ tooNew }) => !tooNew);

/** Nobody could read the policies of data-lake. */
const heldBy = ({ arn }: Counted) => (arn.split(':')[4] === idOf('data-lake') ? null : (held.get(arn) ?? null));

function stateOf({ activity, report }: Counted, action: string): State {
  if (activity === 'unused') return 'unused';
  if (report === undefined) return 'unread';
  const [service = '', name = ''] = action.split(':');
  const line = report[service];
  if (line === undefined) return 'untrackable';
  if (name in line.actions) return inWindow(line.actions[name]) ? 'used' : 'unused';
  return inWindow(line.at) ? 'untrackable' : 'unused';
}

function pairsOf(identity: Counted, basis: Basis): Pair[] {
  const holding = heldBy(identity);
  if (holding === null) return all.map((action) => ({ action, state: 'unread' }));
  return holding[basis].map((action) => ({ action, state: stateOf(identity, action) }));
}

const shareOf = (states: readonly (State | 'apart')[]) => {
  const count = (state: State) => states.filter((it) => it === state).length;
  const [numerator, untrackable, unread] = [count('unused'), count('untrackable'), count('unread')];
  return { numerator, denominator: numerator + count('used'), untrackable, unread };
};

const scopes = ['organization', ...countedKinds.map((kind) => `kind:${kind}`)];
const within = (scope: string) => counted.filter(({ kind }) => scope === 'organization' || scope === `kind:${kind}`);
const planted = (id: string, scope: string, basis: Basis) =>
  demoTruth.metrics.find((metric) => metric.id === id && metric.scope === scope && metric.basis === basis);
const everyCell = (wanted: readonly string[]) => bases.flatMap((basis) => wanted.map((scope) => ({ basis, scope })));

test.each(everyCell(scopes))('identities by what they used, $basis, $scope', ({ basis, scope }) => {
  const places = within(scope).map((identity) => {
    const states = new Set(pairsOf(identity, basis).map(({ state }) => state));
    return (['used', 'unread', 'untrackable', 'unused'] as const).find((it) => states.has(it)) ?? 'apart';
  });
  expect(planted('permission.unused-sensitive-identity-rate', scope, basis)).toMatchObject(shareOf(places));
});

test.each(everyCell(scopes))('pairs, $basis, $scope', ({ basis, scope }) => {
  const states = within(scope).flatMap((identity) => pairsOf(identity, basis).map(({ state }) => state));
  expect(planted('permission.unused-sensitive-pair-rate', scope, basis)).toMatchObject(shareOf(states));
});

test.each(bases)('pairs of every class, %s', (basis) => {
  const pairs = counted.flatMap((identity) => pairsOf(identity, basis));
  const classes = new Set(sensitivePermissions.flatMap((permission) => permission.classes));
  expect(classes.size).toBe(8);
  for (const id of classes) {
    const ofClass = pairs.filter(({ action }) => sensitiveClassesOf(action).includes(id));
    expect([id, planted('permission.unused-sensitive-pair-rate', `class:${id}`, basis)]).toMatchObject([
      id,
      shareOf(ofClass.map(({ state }) => state)),
    ]);
  }
});

describe('AI keys', () => {
  const powers = keyPowers();
  const powersOf = ({ arn }: Counted) => (arn.split(':')[4] === idOf('data-lake') ? null : (powers.get(arn) ?? null));

  test.each((['make', 'call'] as const).flatMap((power) => scopes.map((scope) => ({ power, scope }))))(
    'who can $power, $scope',
    ({ power, scope }) => {
      const within = everybody.filter(({ kind }) => scope === 'organization' || scope === `kind:${kind}`);
      const known = within.flatMap((identity) => powersOf(identity) ?? []);
      const id = `credential.ai-key-${power === 'make' ? 'maker' : 'caller'}-rate`;
      expect(demoTruth.metrics.find((metric) => metric.id === id && metric.scope === scope)).toMatchObject({
        numerator: known.filter((it) => it[power]).length,
        denominator: known.length,
        untrackable: 0,
        unread: within.length - known.length,
      });
    },
  );
});

const needed = [...new Set(escalationSets.flatMap(({ needs }) => needs))];
const able = holdings(needed);

test.each(demoHoldings.map((it) => [it.name, it] as const))('%s holds what was planted', (name, wanted) => {
  const identity = everybody.find(({ arn }) => arn.split(':')[4] === wanted.account && arn.endsWith(`/${name}`));
  if (identity === undefined) throw new TypeError(`nobody is called ${name}`);
  const countsOf = (basis: Basis) => {
    const states = pairsOf(identity, basis).map(({ state }) => state);
    const count = (state: State) => (identity.tooNew ? 0 : states.filter((it) => it === state).length);
    return {
      held: states.length,
      used: count('used'),
      unused: count('unused'),
      untrackable: count('untrackable'),
      unread: count('unread'),
    };
  };
  const can = able.get(identity.arn)?.effective ?? null;
  const open = escalationSets.filter(({ needs }) => needs.every((action) => can?.includes(action)));
  expect(wanted).toMatchObject({
    nominal: countsOf('nominal'),
    effective: countsOf('effective'),
    escalation: can === null ? null : open.map(({ id }) => id),
  });
});
