import { arnIn } from '../domain/partition.ts';
import { matchesArnCondition, matchesResource } from '../iam/arn.ts';
import type { Condition } from '../iam/condition.ts';
import type { Gate, Spoken } from '../iam/holder.ts';
import type { Knowledge } from '../iam/knowledge.ts';
import { mayOverlap, sampleOf } from '../iam/patterns.ts';
import { hasVariable } from '../iam/variables.ts';
import { coversPattern, mayMeet, type View } from '../iam/view.ts';
import { matchesWildcard } from '../iam/wildcard.ts';
import type { Probe } from './define.ts';
import { admissionIn, type Exemption, exemptionIn, exemptsEveryone, isPrincipalKey } from './exemption.ts';
import { type Fence, holderOf, spokenOn, strangersOf, type WitnessRequest } from './fence.ts';
import { searchRequest } from './search.ts';

export type { Fence, WitnessRequest } from './fence.ts';

/** What became of one probe. `closed`: denied to everybody; `excepted`: to all but the exempted; `open`: somebody else gets through. */
export interface Proof {
  readonly probe: Probe;
  readonly state: 'closed' | 'excepted' | 'open';
  readonly exemptions: readonly Exemption[];
  /** What stops it: empty where a level merely lacks an Allow. */
  readonly by: readonly View[];
  /** Whether some policy on the path stops some of these requests. */
  readonly touched: boolean;
  /** A request that gets through: of an exempted principal where the probe is `excepted`. */
  readonly witness: WitnessRequest | null;
}

/**
 * Proves one probe against the policies on an account's path, over all principals of the account and all contexts. `witness` false: without
 * looking for a request that gets through.
 */
export function prove(probe: Probe, fence: Fence, wanted: Wanted = { witness: true }): Proof {
  const proofs = requestsOf(probe, fence).map((it) => proveOne(it, fence, wanted));
  const state = (['open', 'excepted'] as const).find((it) => proofs.some((proof) => proof.state === it)) ?? 'closed';
  const [first, ...others] = proofs.filter((proof) => proof.state === state);
  if (first === undefined) throw new TypeError('a probe without requests');
  const alike = [first, ...others];
  return {
    ...first,
    probe,
    exemptions: alike.flatMap(({ exemptions }) => exemptions),
    by: [...new Set(alike.flatMap(({ by }) => by))],
    touched: proofs.some(({ touched }) => touched),
    witness: alike.find(({ witness }) => witness !== null)?.witness ?? null,
  };
}

interface Wanted {
  readonly witness: boolean;
}

/** A probe, and the same with the values of its key that policies on the path tell apart. */
function requestsOf(probe: Probe, { scps, rcps }: Fence): Probe[] {
  const { alike, context } = probe;
  if (alike === undefined) return [probe];
  const conditions = [...scps, ...rcps].flat().flatMap(({ statements }) => statements.flatMap((it) => it.conditions));
  const named = conditions.flatMap(({ key, values }) => (key === alike.key.toLowerCase() ? values : []));
  const others = alike
    .from([...new Set(named)])
    .map((value) => ({ ...probe, context: { ...context, [alike.key]: value } }));
  return [probe, ...others];
}

function proveOne(probe: Probe, fence: Fence, wanted: Wanted): Proof {
  const spoken = spokenOn(probe, fence, null);
  const { knowledge } = holderOf(probe, fence, null);
  const stopping = stoppingAll(spoken, probe);
  const none = { probe, exemptions: [], touched: true, witness: null };
  if (stopping !== null) return { ...none, state: 'closed', by: stopping };
  const found = fencesIn(spoken, probe, fence, knowledge);
  const fences = found.filter(({ exempted }) => !exempted.some((it) => exemptsEveryone(it, fence)));
  const by = fences.flatMap((it) => it.by);
  const exemptions = exemptFromAll(fences.map(({ exempted }) => exempted)).flatMap((it) =>
    stillExempt(it, probe, fence),
  );
  if (fences.length > 0 && exemptions.length === 0) return { ...none, state: 'closed', by };
  if (fences.length > 0)
    return {
      ...none,
      state: 'excepted',
      exemptions,
      by,
      witness: wanted.witness ? exemptWitness(probe, fence, exemptions) : null,
    };
  const touched = found.length > 0 || spoken.denies.some((view) => touches(view, probe, fence, knowledge));
  const callers = wanted.witness ? [...strangersOf(fence), ...namedIn(spoken, fence)] : [];
  return { ...none, state: 'open', touched, by: [], witness: searchRequest(probe, fence, callers) };
}

/** What stops a probe whatever else the request carries: Denies, or none of them where a level allows nothing of it. Null where nothing does. */
function stoppingAll({ gates, denies }: Spoken, { resource }: Probe): View[] | null {
  const stopping = denies.filter((view) => view.truth === 'always' && coversProbe(view, resource));
  const lacking = gates.some(({ allows }) => !allows.some((view) => meets(view, resource)));
  return lacking || stopping.length > 0 ? stopping : null;
}

/** Something on the path that stops everybody but some principals: a Deny that exempts them, or a level that admits nobody else. */
interface Fenced {
  readonly exempted: readonly Exemption[];
  readonly by: readonly View[];
}

function fencesIn({ gates, denies }: Spoken, probe: Probe, fence: Fence, knowledge: Knowledge): Fenced[] {
  const excepting = denies.flatMap((view): Fenced[] => {
    if (!coversProbe(view, probe.resource)) return [];
    const exempted = openIn(view, knowledge).map((condition) => exemptionIn(condition, fence));
    return exempted.every((it) => it !== null) ? [{ exempted: exempted.flat(), by: [view] }] : [];
  });
  const admitting = gates.flatMap((gate): Fenced[] => {
    const exempted = admittedBy(gate, probe.resource, fence, knowledge);
    return exempted === null ? [] : [{ exempted, by: gate.allows.filter((view) => meets(view, probe.resource)) }];
  });
  return [...excepting, ...admitting];
}

/** The conditions of a statement that hold in some requests only. */
const openIn = ({ statement: { conditions, variables } }: View, knowledge: Knowledge): Condition[] =>
  conditions.filter((condition) => knowledge.truthOf(condition, variables) === 'maybe');

/** Whether a statement may speak of some resource of a probe. A request without a resource carries `*`, and nothing else. */
function meets(view: View, resource: string): boolean {
  if (resource !== '*') return mayMeet(view, resource);
  return view.firm ? speaksOfNone(view) : true;
}

/** Whether a statement speaks of all resources of a probe, where its conditions hold. */
const coversProbe = (view: View, resource: string): boolean =>
  resource === '*' ? view.firm && speaksOfNone(view) : coversPattern(view, resource);

const speaksOfNone = ({ statement, patterns }: View): boolean =>
  patterns.some((pattern) => matchesResource(pattern, '*')) !== statement.notResource;

/** Whether a Deny stops some of a probe's requests: under conditions on the request, or on some resources; not where it binds only some principals. */
const touches = (view: View, probe: Probe, fence: Fence, knowledge: Knowledge): boolean =>
  meets(view, probe.resource) &&
  openIn(view, knowledge).every((it) => !isPrincipalKey(it.key) || exemptionIn(it, fence) !== null);

/** Whom a level admits, where each of its Allows names principals. */
function admittedBy({ allows }: Gate, resource: string, fence: Fence, knowledge: Knowledge): Exemption[] | null {
  const admitted = allows
    .filter((view) => meets(view, resource))
    .map((view) => admissionIn(openIn(view, knowledge), fence));
  return admitted.every((it) => it !== null) ? admitted.flat() : null;
}

/** Who is exempt from every fence: to get through one has to pass them all. Errs towards more. */
function exemptFromAll(fences: readonly (readonly Exemption[])[]): Exemption[] {
  const [first = [], ...others] = [...fences].sort((a, b) => a.length - b.length);
  return others.reduce<readonly Exemption[]>((left, other) => left.flatMap((it) => alsoIn(it, other)), first).slice();
}

/** An exemption without the values that no exemption of another fence can have as well. */
function alsoIn(exemption: Exemption, other: readonly Exemption[]): Exemption[] {
  const { key, values, wild } = exemption;
  const same = other.filter((it) => it.key === key);
  // Who is exempt by something else there may be exempt by this here.
  if (same.length < other.length || values.length === 0 || same.some((it) => it.values.length === 0))
    return other.length === 0 ? [] : [exemption];
  const theirs = same.flatMap((it) => it.values);
  const anyCase = exemption.anyCase || same.some((it) => it.anyCase);
  const both = values.flatMap((value) =>
    theirs.filter((it) => mayBeSame(value, it)).map((it) => (isOpen(value) && !isOpen(it) ? it : value)),
  );
  return both.length === 0
    ? []
    : [{ key, values: [...new Set(both)], wild: wild || same.some((it) => it.wild), anyCase }];
}

const isOpen = (value: string): boolean => /[*?]/.test(value) || hasVariable(value);

/** Whether one text can meet both values: errs towards yes. */
const mayBeSame = (one: string, other: string): boolean =>
  hasVariable(one) || hasVariable(other) || mayOverlap(one.toLowerCase(), other.toLowerCase());

/** An exemption without those of its principals whom something else stops. */
function stillExempt(exemption: Exemption, probe: Probe, fence: Fence): Exemption[] {
  // Without regard to case a value stands for many principals, and stopping the one it spells stops no other.
  if (exemption.key !== 'aws:principalarn' || exemption.values.length === 0 || exemption.anyCase) return [exemption];
  const values = exemption.values.filter((value) => !isStopped(value, exemption.wild, probe, fence));
  return values.length === 0 ? [] : [{ ...exemption, values }];
}

function isStopped(value: string, wild: boolean, probe: Probe, fence: Fence): boolean {
  if (hasVariable(value)) return false;
  const isPattern = wild && /[*?]/.test(value);
  if (!isPattern && /^arn:[^:]*:(iam|sts)::\d{12}:/.test(value))
    return stoppingAll(spokenOn(probe, fence, value), probe) !== null;
  // A pattern is stopped where a Deny that asks for nothing else names as much or more.
  const { knowledge } = holderOf(probe, fence, null);
  return spokenOn(probe, fence, null).denies.some((view) => {
    const [condition, ...others] = openIn(view, knowledge);
    return others.length === 0 && coversProbe(view, probe.resource) && names(condition, value);
  });
}

/** Whether a condition holds for every ARN that a pattern names. */
const names = (condition: Condition | undefined, pattern: string): boolean =>
  condition?.key === 'aws:principalarn' &&
  condition.operator?.name.startsWith('Arn') === true &&
  !condition.operator.negated &&
  condition.set !== 'all' &&
  condition.values.some((value) => !/[?$]/.test(value) && matchesArnCondition(value, pattern));

/** Principals that the policies name, one for each pattern. */
function namedIn({ gates, denies }: Spoken, fence: Fence): string[] {
  const views = [...gates.flatMap(({ allows }) => allows), ...denies];
  return principalsFrom(
    views.flatMap(({ statement: { conditions } }) => conditions),
    fence,
  ).slice(0, 12);
}

/** Principals that ARNs or names of users call, one for each. */
function principalsFrom(of: readonly Pick<Condition, 'key' | 'values'>[], fence: Fence): string[] {
  const patterns = of.flatMap(({ key, values }) => {
    if (key === 'aws:username')
      return values.map((name) => arnIn(fence.partition, `iam::${fence.account}:user/${name}`));
    return key === 'aws:principalarn' ? values : [];
  });
  const arns = patterns.map((pattern) => arnFrom(pattern, fence));
  const own = new RegExp(`^arn:${fence.partition ?? 'aws[^:]*'}:(iam|sts)::\\d{12}:`);
  return [...new Set(arns.filter((arn) => own.test(arn)))];
}

/** An ARN of the account that a pattern names; a pattern that spans the parts of an ARN is tried on a role of its name. */
function arnFrom(pattern: string, { account, partition = 'aws' }: Fence): string {
  const text = pattern.replaceAll('${aws:PrincipalAccount}', account).replace(/\$\{[^}]*\}/g, 'zq7');
  const [arn = '', named = '', ...rest] = text.split(':');
  if (rest.length >= 4) {
    const own = [arn, matchesWildcard(named, partition) ? partition : named, ...rest].join(':');
    return sampleOf(own, account)?.replace(':zq7::', ':iam::') ?? own;
  }
  const name = text
    .slice(text.lastIndexOf('/') + 1)
    .replaceAll('*', 'zq7')
    .replaceAll('?', 'z');
  return arnIn(partition, `iam::${account}:role/${name}`);
}

/** A request of a principal that is exempt. */
function exemptWitness(probe: Probe, fence: Fence, exemptions: readonly Exemption[]): WitnessRequest | null {
  const named = namedIn(spokenOn(probe, fence, null), fence);
  const own = principalsFrom(exemptions, fence);
  return searchRequest(probe, fence, [...own, ...named, ...strangersOf(fence)]);
}
