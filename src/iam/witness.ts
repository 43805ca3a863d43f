import type { ActionSet } from './action-set.ts';
import { arnPart } from './arn.ts';
import type { Condition } from './condition.ts';
import { type Decision, evaluate } from './evaluate.ts';
import { type Holder, Position, type Spoken } from './holder.ts';
import { variablesIn } from './knowledge.ts';
import { parsePolicy } from './parse.ts';
import { canBeOwn } from './patterns.ts';
import type { Caller } from './principal.ts';
import { type Reach, reachOf, type Where } from './reach.ts';
import { type Layers, opensByKeyPolicy, requestOf } from './request.ts';
import { samplesOfAll, shared, zonesOf } from './space.ts';
import { mayMeet } from './view.ts';

/** A reach, and whether it is known to be so: a denial and an `allowed` are proven, a `conditional` where a request that gets through was found. */
export interface ProvenReach extends Reach {
  readonly exact: boolean;
  readonly witness: Witness | null;
}

/**
 * The reach of the first action of a set, with the request that shows it. What the action acts on has to be known: over all resources of
 * the account a denial is still one, but what gets through may be on a resource that the action never acts on.
 */
export function proveReach(holder: Holder, action: ActionSet, resource: string | null): ProvenReach {
  const spoken = new Position(holder).on(action, 0);
  const where = { caller: holder.caller, resource };
  const found = reachOf(spoken, holder.knowledge, where);
  if (found.verdict === 'denied') return { ...found, exact: true, witness: null };
  const open = found.resource === null ? where : { ...where, resource: found.resource };
  const witness = witnessOf(holder, action.names[0] ?? '', spoken, open);
  const isReal = resource !== null || spoken.space !== null;
  return { ...found, exact: isReal && (found.verdict === 'allowed' || witness !== null), witness };
}

/** A concrete request that is allowed. */
export interface Witness {
  readonly resource: string;
  readonly context: Readonly<Record<string, unknown>>;
  /** Of a KMS key alone, which opens to nobody without one: the key policy that AWS makes, by which the account's own policies decide. */
  readonly resourcePolicy?: object;
}

/** The layers that decide a witness of a holder. */
export const layersOfWitness = (holder: Holder, { resourcePolicy }: Pick<Witness, 'resourcePolicy'>): Layers => ({
  identity: holder.identity,
  boundary: holder.boundary,
  session: null,
  resource: resourcePolicy === undefined ? null : parsePolicy(resourcePolicy, 'resource', 'key policy'),
  scps: holder.scps,
  rcps: holder.rcps,
});

/** The key policy of a key made without one (KMS developer guide, "Default key policy"). */
function keyPolicyFor({ arn, account }: Caller): object {
  const root = `arn:${arnPart(arn, 1)}:iam::${account}:root`;
  const statement = { Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' };
  return { Version: '2012-10-17', Statement: [statement] };
}

const most = 4_096;

/**
 * Looks for a request that gets through, among resources that Allows and exceptions name and the action acts on, and contexts made of
 * every condition's hit, miss and absent values. Finding one proves that the reach is not `denied`; finding none proves nothing.
 */
export function witnessOf(holder: Holder, action: string, spoken: Spoken, where: Where): Witness | null {
  const { caller } = holder;
  let tried = 0;
  for (const resource of resourcesIn(spoken, where)) {
    const asked = { principal: caller.arn, action, resource, resourceAccount: caller.account };
    const byKeyPolicy = opensByKeyPolicy(requestOf(asked)) ? { resourcePolicy: keyPolicyFor(caller) } : {};
    const layers = layersOfWitness(holder, byKeyPolicy);
    for (const free of contextsIn(spoken, resource, holder)) {
      if (++tried > most) return null;
      const request = requestOf({ ...asked, context: holder.knowledge.with(free) });
      if (isAllowed(evaluate({ ...request, managementAccount: '' }, layers).decision))
        return { resource, context: free, ...byKeyPolicy };
    }
  }
  return null;
}

const isAllowed = (decision: Decision): boolean => decision === 'Allowed';

/** So many resources are tried; of an action with many types not more than a few that no statement names. */
const mostResources = 64;
const mostUnnamed = 12;

function resourcesIn({ gates, denies, space }: Spoken, { caller, resource }: Where): string[] {
  if (resource !== null) return [resource];
  const { account } = caller;
  const named = [...gates.flatMap(({ allows }) => allows), ...denies].flatMap(({ statement, patterns }) =>
    (statement.effect === 'Allow') === statement.notResource ? [] : patterns,
  );
  const zones = zonesOf(space, caller);
  const on = (pattern: string): readonly string[] =>
    zones.flatMap((zone) => {
      if (zone.single) return pattern === '*' ? ['*'] : [];
      return samplesOfAll(shared(pattern, zone.pattern), account);
    });
  const unnamed = on('*');
  const byName = named.filter((it) => it !== '*' && canBeOwn(it, account)).flatMap(on);
  return [...new Set([...unnamed.slice(0, mostUnnamed), ...byName, ...unnamed])].slice(0, mostResources);
}

type Value = string | readonly string[] | undefined;

/** Contexts over the free keys of all statements that may meet a resource: the product of each key's values, the likely ones first. */
function* contextsIn(
  { gates, denies }: Spoken,
  resource: string,
  { knowledge }: Holder,
): Generator<Record<string, Value>> {
  const views = [...gates.flatMap(({ allows }) => allows), ...denies].filter((view) => mayMeet(view, resource));
  const values = new Map<string, Value[]>();
  const add = (key: string, more: readonly Value[]): void => {
    if (!knowledge.isFixed(key)) values.set(key, [...new Set([...(values.get(key) ?? [undefined]), ...more])]);
  };
  for (const { statement } of views) {
    for (const condition of statement.conditions) add(condition.key, valuesFor(condition));
    for (const text of [...(statement.resources ?? []), ...statement.conditions.flatMap((it) => it.values)])
      for (const key of variablesIn(text)) add(key, ['zq7']);
  }
  yield* product([...values]);
}

function* product(keys: readonly (readonly [string, readonly Value[]])[]): Generator<Record<string, Value>> {
  const total = Math.min(
    most,
    keys.reduce((all, [, values]) => all * values.length, 1),
  );
  for (let number = 0; number < total; number++) {
    let rest = number;
    const context: Record<string, Value> = {};
    for (const [key, values] of keys) {
      context[key] = values[rest % values.length];
      rest = Math.floor(rest / values.length);
    }
    yield context;
  }
}

/** Values that meet a condition, or just do not. */
function valuesFor({ operator, values, set }: Condition): Value[] {
  const kind = operator?.name ?? 'Null';
  const wanted = values.flatMap((value) => alternativesTo(kind, value.replace(/\$\{[^}]*\}/g, 'zq7')));
  return set === null ? [...wanted, missOf(kind)] : [...wanted.map((it) => [it]), wanted, [missOf(kind)]];
}

function alternativesTo(kind: string, value: string): string[] {
  if (kind.startsWith('Numeric')) return [value, String(Number(value) - 1), String(Number(value) + 1)];
  if (kind.startsWith('Date')) return [value, '1971-01-01T00:00:00Z', '2999-01-01T00:00:00Z'];
  if (kind === 'Bool') return ['true', 'false'];
  if (kind.endsWith('IpAddress')) return [value.split('/')[0] ?? value];
  return [value.replaceAll('*', 'zq7').replaceAll('?', 'z')];
}

const missOf = (kind: string): string =>
  kind.endsWith('IpAddress') ? '192.0.2.7' : kind.startsWith('Arn') ? 'arn:aws:zq7:::zq7' : 'zq7-miss';
