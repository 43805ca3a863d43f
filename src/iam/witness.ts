import { ActionSet } from './action-set.ts';
import type { Condition } from './condition.ts';
import { type Decision, evaluate } from './evaluate.ts';
import { type Holder, Position, type Spoken } from './holder.ts';
import { variablesIn } from './knowledge.ts';
import { canBeOwn, sampleOf } from './patterns.ts';
import { type Reach, reachOf, type Where } from './reach.ts';
import { requestOf } from './request.ts';
import { mayMeet } from './view.ts';

/** A reach, and whether it is known to be so: a denial and an `allowed` are proven, a `conditional` where a request that gets through was found. */
export interface ProvenReach extends Reach {
  readonly exact: boolean;
  readonly witness: Witness | null;
}

/** The reach of one action, with the request that shows it. */
export function proveReach(holder: Holder, action: string, resource: string | null): ProvenReach {
  const spoken = new Position(holder).on(new ActionSet([action]), 0);
  const where = { account: holder.caller.account, resource };
  const found = reachOf(spoken, holder.knowledge, where);
  if (found.verdict === 'denied') return { ...found, exact: true, witness: null };
  const witness = witnessOf(holder, action, spoken, where);
  return { ...found, exact: found.verdict === 'allowed' || witness !== null, witness };
}

/** A concrete request that is allowed. */
export interface Witness {
  readonly resource: string;
  readonly context: Readonly<Record<string, unknown>>;
}

const most = 4_096;

/**
 * Looks for a request that gets through, among resources that Allows and exceptions name, and contexts made of every condition's hit,
 * miss and absent values. Finding one proves that the reach is not `denied`; finding none proves nothing.
 */
export function witnessOf(holder: Holder, action: string, spoken: Spoken, where: Where): Witness | null {
  const layers = {
    identity: holder.identity,
    boundary: holder.boundary,
    session: null,
    // A key opens by its own policy, which is taken to delegate to the account, as the one AWS makes does.
    resource: null,
    scps: holder.scps,
    rcps: holder.rcps,
  };
  let tried = 0;
  for (const resource of resourcesIn(spoken, where)) {
    for (const free of contextsIn(spoken, resource, holder)) {
      if (++tried > most) return null;
      const context = holder.knowledge.with(free);
      const request = requestOf({
        principal: holder.caller.arn,
        action,
        resource,
        resourceAccount: where.account,
        context,
      });
      if (isAllowed(evaluate({ ...request, managementAccount: '' }, layers).decision))
        return { resource, context: free };
    }
  }
  return null;
}

const isAllowed = (decision: Decision): boolean => decision === 'Allowed';

function resourcesIn({ gates, denies }: Spoken, { account, resource }: Where): string[] {
  if (resource !== null) return [resource];
  const named = [...gates.flatMap(({ allows }) => allows), ...denies].flatMap(({ statement, patterns }) =>
    (statement.effect === 'Allow') === statement.notResource ? [] : patterns,
  );
  const samples = ['*', ...named.filter((pattern) => canBeOwn(pattern, account))].map((pattern) =>
    sampleOf(pattern, account),
  );
  return [...new Set(samples.filter((it) => it !== undefined))].slice(0, 32);
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
