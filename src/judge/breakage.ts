import { actionsOf, expandAction, services } from '../catalogue/actions.ts';
import { resourceSpaceOf } from '../catalogue/resource-spaces.ts';
import type { PolicyChains, PrincipalFacts } from '../domain/facts.ts';
import type { PlannedAccount } from '../domain/night.ts';
import type { IdentityRow } from '../domain/tables.ts';
import type { Window } from '../domain/window.ts';
import { ActionSet, hasBit } from '../iam/action-set.ts';
import { fullAccess } from '../iam/full-access.ts';
import { type Held, heldOf } from '../iam/held.ts';
import { type Holder, Position } from '../iam/holder.ts';
import { type Policy, type Statement, statementName } from '../iam/policy.ts';
import { coversAction } from '../iam/statement.ts';
import { coversPattern, mayMeet, type View } from '../iam/view.ts';
import { type ActionUse, usesOf } from './action-use.ts';
import { withMore } from './fences.ts';
import { holdersOf, type IdentityHolder } from './holders.ts';

/** What a principal holds, and may use, that SCPs on trial would take away or narrow. */
export interface Affected {
  readonly account: string;
  readonly principal: string;
  readonly policy: string;
  readonly statement: string;
  /** `denied`: nothing of it would be left; `narrowed`: something would, on other resources or under other conditions. */
  readonly effect: 'denied' | 'narrowed';
  /** Of these actions in the window; `service-used`: of their service, AWS tells no more. */
  readonly use: 'used' | 'service-used' | 'not-measured';
  readonly actions: readonly string[];
}

/** The actions that some policies deny, as AWS lists them. */
export function deniedBy(policies: readonly Policy[]): ActionSet {
  const denies = policies.flatMap(({ statements }) => statements).filter(({ effect }) => effect === 'Deny');
  return new ActionSet([...new Set(denies.flatMap(actionsIn))].sort(), resourceSpaceOf);
}

function actionsIn(statement: Statement): string[] {
  if (!statement.notAction) return statement.actions.flatMap((pattern) => expandAction(pattern));
  const all = services().flatMap((service) => actionsOf(service).map(({ name }) => name));
  return all.filter((name) => coversAction(statement, name.toLowerCase()));
}

interface Asked {
  readonly shared: PolicyChains;
  readonly place: Pick<PlannedAccount, 'account' | 'ou'>;
  readonly window: Window;
  /** SCPs on trial on the account's path. */
  readonly trial: readonly Policy[];
  /** The actions that they deny. */
  readonly denied: ActionSet;
}

/** Whom SCPs on trial would stop from what they use, or may use, in one account. Who did not use it in the window is not named. */
export function affectedIn(
  facts: PrincipalFacts,
  identities: readonly IdentityRow[],
  { shared, place, window, trial, denied }: Asked,
): Affected[] {
  if (trial.length === 0) return [];
  const rows = new Map(identities.map((row) => [row.arn, row]));
  return holdersOf(facts, shared, place).flatMap((holder) => {
    const row = rows.get(holder.arn);
    const useOf = row === undefined ? () => 'unread' as const : usesOf(row, facts.lastAccessed[holder.arn], window);
    return affectedOf(holder, useOf, trial, denied).map((it) => ({ account: place.account, ...it }));
  });
}

function affectedOf(
  { arn, effective, nominalUnread }: IdentityHolder,
  useOf: (action: string) => ActionUse,
  trial: readonly Policy[],
  denied: ActionSet,
): Omit<Affected, 'account'>[] {
  const uses = denied.names.map((action) => placed(useOf(action)));
  if (uses.every((use) => use === null)) return [];
  const unread = nominalUnread !== null; // then its own policies may allow anything
  const [before, after] = [effective, { ...effective, scps: withMore(effective.scps, trial) }].map((holder) =>
    heldOf(holder, denied),
  );
  const holds = (held: Held | undefined, at: number): boolean =>
    held !== undefined && (hasBit(held.allowed, at) || hasBit(held.conditional, at));
  const alone = new Position({ ...effective, boundary: null, scps: [[fullAccess, ...trial]], rcps: [] });
  const standing = new Standing(effective, denied, unread);
  const found = new Map<string, Omit<Affected, 'account' | 'actions'> & { actions: string[] }>();
  for (const [at, use] of uses.entries()) {
    if (use === null || (!unread && !holds(before, at))) continue;
    const effect: Affected['effect'] = unread || holds(after, at) ? 'narrowed' : 'denied';
    for (const view of alone.on(denied, at).denies) {
      if (view.layer !== 'scp' || standing.stops(view, at)) continue;
      const statement = statementName(view.statement);
      const one = { principal: arn, policy: view.policy, statement, effect, use, actions: [] };
      const key = JSON.stringify(one);
      const there = found.get(key) ?? one;
      there.actions.push(denied.names[at] ?? '');
      found.set(key, there);
    }
  }
  return [...found.values()];
}

/** What a principal cannot do already, without the trial. */
class Standing {
  readonly #holder: Holder;
  readonly #set: ActionSet;
  readonly #unread: boolean;
  readonly #positions = new Map<string, Position>();

  /** `unread`: what the principal's own policies allow is not known. */
  constructor(holder: Holder, set: ActionSet, unread: boolean) {
    this.#holder = holder;
    this.#set = set;
    this.#unread = unread;
  }

  /** Whether nothing that a Deny takes of an action is allowed today: wherever it speaks, no Allow does, or another Deny. */
  stops({ statement, patterns, firm }: View, at: number): boolean {
    if (statement.notResource || !firm) return false;
    const named = patterns.map((pattern) => inAccount(pattern, this.#holder.caller.account));
    return contextsOf(statement).every((context) => {
      const { gates, denies } = this.#in(context).on(this.#set, at);
      const sure = denies.filter((view) => view.truth === 'always');
      const lacks = (pattern: string): boolean =>
        gates.some(({ layer, allows }) => this.#isKnown(layer) && !allows.some((view) => mayMeet(view, pattern)));
      return named.every((pattern) => lacks(pattern) || sure.some((view) => coversPattern(view, pattern)));
    });
  }

  #isKnown(layer: View['layer']): boolean {
    return layer !== 'identity' || !this.#unread;
  }

  #in(context: Readonly<Record<string, readonly string[]>>): Position {
    const key = JSON.stringify(context);
    const { knowledge } = this.#holder;
    const position =
      this.#positions.get(key) ?? new Position({ ...this.#holder, knowledge: knowledge.fixing(context) });
    this.#positions.set(key, position);
    return position;
  }
}

/** A pattern of IAM's resources in any account, for one account: each carries the id of its own. */
function inAccount(pattern: string, account: string): string {
  const parts = pattern.split(':');
  return parts[2] === 'iam' && parts[4] === '*' ? parts.with(4, account).join(':') : pattern;
}

const most = 64;

/** What the requests carry that a statement speaks of, as far as its conditions fix it to single values. */
function contextsOf({ conditions }: Statement): Record<string, readonly string[]>[] {
  const fixing = conditions.filter(
    ({ operator, set, ifExists, values }) =>
      operator !== null &&
      /^(String(Equals|Like)|Arn(Equals|Like))$/.test(operator.name) &&
      set === null &&
      !ifExists &&
      values.every((value) => !/[*?$]/.test(value)),
  );
  let contexts: Record<string, readonly string[]>[] = [{}];
  for (const { key, values } of fixing)
    contexts = contexts.flatMap((context) => values.map((value) => ({ ...context, [key]: [value] })));
  return contexts.length > most ? [{}] : contexts;
}

const placed = (use: ActionUse): Affected['use'] | null =>
  use === 'unused' ? null : use === 'used' || use === 'service-used' ? use : 'not-measured';
