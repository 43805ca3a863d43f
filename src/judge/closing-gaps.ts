import { servicesOpenedBy } from '../catalogue/credential-services.ts';
import { resourceSpaceOf } from '../catalogue/resource-spaces.ts';
import type { PolicyChains, PrincipalFacts } from '../domain/facts.ts';
import type { GuardrailSettings } from '../domain/guardrail-settings.ts';
import type { PlannedAccount } from '../domain/night.ts';
import type { IdentityRow } from '../domain/tables.ts';
import type { Window } from '../domain/window.ts';
import type { Unit } from '../guardrails/closing.ts';
import { isApproved } from '../guardrails/grade.ts';
import { proveAll } from '../guardrails/proofs.ts';
import type { Proof } from '../guardrails/prove.ts';
import { ActionSet, hasBit } from '../iam/action-set.ts';
import { type Held, heldOf } from '../iam/held.ts';
import { type ActionUse, usesOf } from './action-use.ts';
import { credentialsOf, isLive } from './credentials.ts';
import type { AccountFence } from './fences.ts';
import { holdersOf, type IdentityHolder } from './holders.ts';

/**
 * What a unit finds in an account. `open`: something it closes gets through; `kept`: only for principals that a policy names, and theirs it
 * stays; `closed`: nothing gets through, or no SCP binds; `unknown`: a policy on the path was not read.
 */
export type UnitState = 'open' | 'kept' | 'closed' | 'unknown';

/** The state of each unit in one account, in their order. `exceptions`: whether principals that a policy names, unapproved, are a gap. */
export function unitStates(
  units: readonly Unit[],
  { account, bound, fence, doubts }: AccountFence,
  settings: GuardrailSettings,
  exceptions: 'keep' | 'close' = 'keep',
): UnitState[] {
  if (!bound) return units.map(() => 'closed');
  const guardrails = [...new Set(units.map(({ guardrail }) => guardrail))];
  const proofs = new Map(
    guardrails.map((guardrail) => [
      guardrail,
      proveAll(guardrail.probes({ account, partition: fence.partition, ...settings }), fence, { witness: false }),
    ]),
  );
  const stateOf = ({ state, exemptions }: Proof): Proof['state'] =>
    state === 'excepted' && exceptions === 'close' && !exemptions.every((it) => isApproved(it, settings.approved))
      ? 'open'
      : state;
  return units.map(({ guardrail, closes }) => {
    const states = closes.flatMap((at) => proofs.get(guardrail)?.[at] ?? []).map(stateOf);
    if (states.includes('open')) return doubts.length > 0 ? 'unknown' : 'open';
    return states.includes('excepted') ? 'kept' : 'closed';
  });
}

type Place = Pick<PlannedAccount, 'account' | 'ou'>;

export interface SparedAsked {
  readonly shared: PolicyChains;
  readonly place: Place;
  readonly window: Window;
  /** The users and roles as the policy engine sees them, where that is known already. */
  readonly holders?: Iterable<IdentityHolder>;
}

/** Principals of one account by unit, in the order of the units. */
export interface Standing {
  /** Who used what the unit closes and may go on with it. */
  readonly spared: readonly (readonly string[])[];
  /** Who may do what it closes, and nobody knows whether they did. */
  readonly unread: readonly (readonly string[])[];
}

/** Who used what units close. */
export function standingBehind(
  units: readonly Unit[],
  facts: PrincipalFacts,
  identities: readonly IdentityRow[],
  { shared, place, window, holders }: SparedAsked,
): Standing {
  const spared: string[][] = units.map(() => []);
  const unread: string[][] = units.map(() => []);
  const rows = new Map(identities.map((row) => [row.arn, row]));
  for (const holder of holders ?? holdersOf(facts, shared, place)) {
    const row = rows.get(holder.arn);
    if (row === undefined) continue;
    const useOf = usesOf(row, facts.lastAccessed[holder.arn], window);
    const uses = units.map(({ action }) => useOf(action));
    const mine = usedUnits(units, uses).filter((at) => mayNeed(units[at], holder.arn, facts, window.clock));
    const held = new Map<string, Held>();
    const holds = (at: number): boolean => holdsUnit(units, at, holder, held);
    for (const at of mine) {
      const unit = units[at];
      // Where AWS tells of a service alone, whoever may do some of a statement's actions goes on with all of them.
      const alike =
        uses[at] === 'used' ? [at] : mine.filter((it) => units[it]?.closing === unit?.closing && uses[it] !== 'used');
      if (alike.some(holds)) spared[at]?.push(holder.arn);
    }
    for (const [at, unit] of units.entries())
      if (uses[at] === 'unread' && mayNeed(unit, holder.arn, facts, window.clock) && holds(at))
        unread[at]?.push(holder.arn);
  }
  return { spared, unread };
}

const usedUnits = (units: readonly Unit[], uses: readonly ActionUse[]): number[] =>
  units.flatMap(({ guardrail }, at) =>
    guardrail.spares.who !== 'nobody' && (uses[at] === 'used' || uses[at] === 'service-used') ? [at] : [],
  );

/** Whether a principal could make such a request at all, whatever it is allowed. */
function mayNeed(unit: Unit | undefined, arn: string, facts: PrincipalFacts, clock: string): boolean {
  if (unit?.guardrail.spares.who !== 'key-holders') return true;
  return mayHoldKey(arn, unit.action.slice(0, unit.action.indexOf(':')), facts, clock);
}

/** Whether a user holds a live API key that opens a service, or may: only users can. */
export function mayHoldKey(
  arn: string,
  namespace: string,
  { serviceCredentials }: Pick<PrincipalFacts, 'serviceCredentials'>,
  clock: string,
): boolean {
  const user = /^arn:[^:]*:iam::\d+:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  if (user === undefined) return false;
  const listed = credentialsOf(user, serviceCredentials);
  if (listed.kind === 'unknown') return true;
  return listed.value.some((it) => isLive(it, clock) && servicesOpenedBy(it.service).includes(namespace));
}

/** Whether a principal may do what a unit closes, on some resource of its account. What was not read may allow it. */
function holdsUnit(
  units: readonly Unit[],
  at: number,
  { effective, nominalUnread }: IdentityHolder,
  kept: Map<string, Held>,
): boolean {
  if (nominalUnread !== null) return true;
  const context = units[at]?.context ?? {};
  const fixed = Object.fromEntries(Object.entries(context).map(([key, value]) => [key, [value].flat()]));
  const key = JSON.stringify(context);
  const held = kept.get(key) ?? heldOf({ ...effective, knowledge: effective.knowledge.fixing(fixed) }, setOf(units));
  kept.set(key, held);
  return hasBit(held.allowed, at) || hasBit(held.conditional, at);
}

const sets = new WeakMap<readonly Unit[], ActionSet>();

function setOf(units: readonly Unit[]): ActionSet {
  const set =
    sets.get(units) ??
    new ActionSet(
      units.map(({ action }) => action),
      resourceSpaceOf,
    );
  sets.set(units, set);
  return set;
}
