import { resourceSpaceOf } from '../catalogue/resource-spaces.ts';
import type { SensitiveClass } from '../catalogue/sensitive/classes.ts';
import { sensitiveClassesOf, sensitivePermissions } from '../catalogue/sensitive/index.ts';
import type { AccountFacts, LastAccessedReport, PolicyChains, SharedFacts } from '../domain/facts.ts';
import { isCounted } from '../domain/identity.ts';
import type { PlannedAccount } from '../domain/night.ts';
import type { Reading } from '../domain/reading.ts';
import {
  type Basis,
  bases,
  type IdentityRow,
  type PairCounts,
  type PairState,
  type PermissionRow,
} from '../domain/tables.ts';
import type { Window } from '../domain/window.ts';
import { ActionSet, bitsOf, hasBit } from '../iam/action-set.ts';
import { type Held, heldOf, holdsAny } from '../iam/held.ts';
import { hasLimits } from '../iam/holder.ts';
import type { HoldingItem, PairItem } from '../metrics/define.ts';
import { usesOf } from './action-use.ts';
import { openEscalations } from './escalation.ts';
import { type Doubt, holdersOf, type IdentityHolder } from './holders.ts';

/** The sensitive permissions of this version, as one set of bits. */
export const sensitiveSet = new ActionSet(
  sensitivePermissions.map(({ action }) => action),
  resourceSpaceOf,
);

/** Users and roles that surely hold no sensitive permission, on nominal permissions: whom nobody needs to ask about action by action. */
export function holdersOfNone(
  facts: Pick<AccountFacts, 'authorization'>,
  shared: PolicyChains,
  planned: Pick<PlannedAccount, 'account' | 'ou'>,
): ReadonlySet<string> {
  const holders = holdersOf(facts, shared, planned);
  const none = holders.filter((it) => it.nominalUnread === null && !holdsAny(it.nominal, sensitiveSet));
  return new Set(none.map(({ arn }) => arn));
}

/** What an identity holds of them and uses, in rows, and what the figures count. */
export interface JudgedPermissions {
  readonly rows: readonly PermissionRow[];
  readonly holdings: readonly HoldingItem[];
  readonly pairs: readonly PairItem[];
  /** By ARN: every user and role whose policies were listed. */
  readonly holders: ReadonlyMap<string, IdentityHolder>;
  /** By ARN: what goes into the identity's own row. */
  readonly summaries: ReadonlyMap<string, Pick<IdentityRow, 'sensitive' | 'escalation'>>;
  /** Identities whose last-accessed report decides a figure: of a counted kind, not too new, not known as unused, and holding something. */
  readonly asking: readonly string[];
  /** What could not be read and no collector has named, each once. */
  readonly doubts: readonly Doubt[];
}

/** Judges every pair of an identity and a sensitive permission that it holds (design §3). */
export function judgePermissions(
  facts: AccountFacts,
  shared: SharedFacts,
  planned: PlannedAccount,
  identities: readonly IdentityRow[],
  window: Window,
): JudgedPermissions {
  const holders = new Map(holdersOf(facts, shared, planned).map((holder) => [holder.arn, holder]));
  const pairs = new PairTally();
  const rows: PermissionRow[] = [];
  const holdings: HoldingItem[] = [];
  const summaries = new Map<string, Pick<IdentityRow, 'sensitive' | 'escalation'>>();
  const asking: string[] = [];
  const doubts = new Map<string, Doubt>();
  for (const identity of identities) {
    if (identity.kind === 'service-linked-role') continue; // AWS's own, and no SCP binds them
    const holder = holders.get(identity.arn) ?? null;
    const stateOf = statesOf(identity, facts.lastAccessed[identity.arn], window);
    const own = rowsOf(identity, holder === null ? nothingRead : heldBy(holder), stateOf);
    for (const row of own) rows.push(row);
    const counts = pairCountsOf(own);
    const escalation = holder !== null && isRead(holder) ? openEscalations(holder.effective) : null;
    summaries.set(identity.arn, { sensitive: counts, escalation });
    if (isCounted(identity.kind) && !identity.tooNew) {
      holdings.push(...holdingsOf(identity, counts));
      pairs.add(whoseOf(identity), own);
      if (identity.activity !== 'unused' && counts.nominal.held > 0) asking.push(identity.arn);
    }
    for (const doubt of [...(holder?.doubts ?? []), ...notCloselyAsked(own, facts.lastAccessed[identity.arn])])
      doubts.set(JSON.stringify(doubt), doubt);
  }
  return { rows, holdings, pairs: pairs.items(), holders, summaries, asking, doubts: [...doubts.values()] };
}

const isRead = ({ nominalUnread, limitsUnread }: IdentityHolder): boolean =>
  nominalUnread === null && limitsUnread === null;

/** Null = a policy could not be read, so that anything may be held. */
interface HeldBy {
  readonly nominal: Held | null;
  readonly effective: Held | null;
  readonly limitsUnread: boolean;
  /** What holds under a condition may not hold at all. */
  readonly conditionsUnread: boolean;
}

/** An identity that only the credential report names: nothing is known of its policies. */
const nothingRead: HeldBy = { nominal: null, effective: null, limitsUnread: true, conditionsUnread: true };

function heldBy({ nominal, effective, nominalUnread, limitsUnread, hangsOnOrganization }: IdentityHolder): HeldBy {
  if (nominalUnread !== null) return nothingRead;
  const own = heldOf(nominal, sensitiveSet);
  const limited = hasLimits(effective) ? heldOf(effective, sensitiveSet) : own;
  return {
    nominal: own,
    effective: limited,
    limitsUnread: limitsUnread !== null,
    conditionsUnread: hangsOnOrganization,
  };
}

/** One row per kind of answer, with the actions it holds for: a pair is a row's identity and one of its actions. */
function rowsOf(identity: IdentityRow, held: HeldBy, stateOf: (action: string) => PairState): PermissionRow[] {
  const { account, arn, kind, tooNew } = identity;
  const base = { account, arn, kind };
  if (held.nominal === null) {
    const state = tooNew ? 'too-new' : 'unread';
    const actions = [...sensitiveSet.names];
    return [{ id: `${arn}/unread/unread/${state}`, ...base, nominal: 'unread', effective: 'unread', state, actions }];
  }
  const rows: PermissionRow[] = []; // a handful, whatever is held
  for (const at of eitherOf(held.nominal)) {
    const action = sensitiveSet.names[at] ?? '';
    const nominal = hasBit(held.nominal.allowed, at) ? 'allowed' : held.conditionsUnread ? 'unread' : 'conditional';
    const effective = effectiveOf(held, at);
    const state = stateOf(action);
    const row = rows.find((it) => it.state === state && it.effective === effective && it.nominal === nominal);
    if (row !== undefined) row.actions.push(action);
    else {
      const id = `${arn}/${nominal}/${effective}/${state}`;
      rows.push({ id, ...base, nominal, effective, state, actions: [action] });
    }
  }
  return rows;
}

function* eitherOf({ allowed, conditional }: Held): Generator<number> {
  const both = allowed.slice();
  for (const [at, word] of conditional.entries()) both[at] = (both[at] ?? 0) | word;
  yield* bitsOf(both);
}

/** Limits only take away: what those that were read deny is denied, whatever the others say. */
function effectiveOf({ effective, limitsUnread }: HeldBy, at: number): PermissionRow['effective'] {
  const allowed = effective !== null && hasBit(effective.allowed, at);
  const conditional = effective !== null && hasBit(effective.conditional, at);
  if (!allowed && !conditional) return 'denied';
  if (limitsUnread) return 'unread';
  return allowed ? 'allowed' : 'conditional';
}

/** Whether one held permission was used in the window (design §3, "pair state"). */
function statesOf(
  identity: IdentityRow,
  report: Reading<LastAccessedReport> | undefined,
  window: Window,
): (action: string) => PairState {
  if (identity.tooNew) return () => 'too-new';
  const useOf = usesOf(identity, report, window);
  return (action) => {
    const use = useOf(action);
    return use === 'service-used' || use === 'not-tracked' ? 'untrackable' : use;
  };
}

/** A report that tells services alone leaves open what it could have told of actions: nobody asked for those. */
function notCloselyAsked(rows: readonly PermissionRow[], report: Reading<LastAccessedReport> | undefined): Doubt[] {
  if (report?.kind !== 'known' || report.value.granularity !== 'SERVICE_LEVEL') return [];
  return rows.some(({ state, nominal }) => state === 'unread' && nominal !== 'unread') ? [actionsNotAsked] : [];
}

/** The answer that a report about services alone left open. */
export const actionsNotAsked: Doubt = {
  gap: { code: 'NOT_IN_SNAPSHOT', operation: 'iam:GenerateServiceLastAccessedDetails at ACTION_LEVEL' },
  operation: 'iam:GenerateServiceLastAccessedDetails',
};

/** How a pair counts on one basis: null where it is not held. A pair that may be held is unread, however it was used. */
export function countedAs(row: PermissionRow, basis: Basis): PairState | null {
  if (row[basis] === 'denied') return null;
  return row[basis] === 'unread' && row.state !== 'too-new' ? 'unread' : row.state;
}

function countsOf(rows: readonly PermissionRow[], basis: Basis): PairCounts {
  const counts = { held: 0, used: 0, unused: 0, untrackable: 0, unread: 0 };
  for (const row of rows) {
    const state = countedAs(row, basis);
    if (state === null) continue;
    counts.held += row.actions.length;
    if (state !== 'too-new') counts[state] += row.actions.length;
  }
  return counts;
}

/** How many of some sensitive permissions are of each class. */
function classesIn(actions: readonly string[]): Map<SensitiveClass, number> {
  const counts = new Map<SensitiveClass, number>();
  for (const action of actions) for (const id of sensitiveClassesOf(action)) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** What the figures count of one identity. */
export const holdingsOf = (
  { arn, kind, agent }: Pick<IdentityRow, 'arn' | 'kind' | 'agent'>,
  counts: NonNullable<IdentityRow['sensitive']>,
): HoldingItem[] => bases.map((basis) => ({ arn, kind, agent, basis, ...counts[basis] }));

const whoseOf = ({ arn, kind, agent, activity }: IdentityRow): Pick<PairItem, 'kind' | 'agent' | 'unusedArn'> => ({
  kind,
  agent,
  unusedArn: activity === 'unused' ? arn : null,
});

/** The pairs of one identity, as the figures count them. */
export function pairsOf(identity: IdentityRow, rows: readonly PermissionRow[]): PairItem[] {
  const pairs = new PairTally();
  pairs.add(whoseOf(identity), rows);
  return pairs.items();
}

/** Counts of one identity's pairs on both bases. */
export const pairCountsOf = (rows: readonly PermissionRow[]): NonNullable<IdentityRow['sensitive']> => ({
  nominal: countsOf(rows, 'nominal'),
  effective: countsOf(rows, 'effective'),
});

/** Pairs of an account by kind, basis, class and state; of an identity that was not used, by itself. */
class PairTally {
  readonly #counts = new Map<string, { -readonly [Key in keyof PairItem]: PairItem[Key] }>();

  add(whose: Pick<PairItem, 'kind' | 'agent' | 'unusedArn'>, rows: readonly PermissionRow[]): void {
    for (const row of rows) {
      const classes = classesIn(row.actions);
      for (const basis of bases) {
        const state = countedAs(row, basis);
        if (state === null || state === 'too-new') continue;
        this.#count({ ...whose, basis, class: null, state }, row.actions.length);
        for (const [id, count] of classes) this.#count({ ...whose, basis, class: id, state }, count);
      }
    }
  }

  #count(item: Omit<PairItem, 'count'>, count: number): void {
    const key = `${item.kind} ${item.agent} ${item.basis} ${item.class} ${item.state} ${item.unusedArn}`;
    const there = this.#counts.get(key);
    if (there === undefined) this.#counts.set(key, { ...item, count });
    else there.count += count;
  }

  items(): PairItem[] {
    return [...this.#counts.values()];
  }
}
