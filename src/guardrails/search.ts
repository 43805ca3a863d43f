import { defaultRegions } from '../catalogue/regions.ts';
import { matchesResource } from '../iam/arn.ts';
import { holds } from '../iam/condition.ts';
import { Context } from '../iam/context.ts';
import { evaluate } from '../iam/evaluate.ts';
import type { Holder, Spoken } from '../iam/holder.ts';
import { variablesIn } from '../iam/knowledge.ts';
import { mayOverlap, opened, sampleOf } from '../iam/patterns.ts';
import type { Statement } from '../iam/policy.ts';
import { type Request, requestOf } from '../iam/request.ts';
import { partitionRegions } from '../iam/space.ts';
import { speaksOf } from '../iam/statement.ts';
import { fillVariables } from '../iam/variables.ts';
import type { View } from '../iam/view.ts';
import type { Probe } from './define.ts';
import { type Fence, holderOf, layersOf, spokenOn, type WitnessRequest } from './fence.ts';
import { textMatchingAll, type Value, valuesOf } from './values.ts';

/** Contexts that are tried for one principal and one resource. */
const patience = 2_000;

/** A request of a probe that gets through, of one of some principals; null where none was found. What is found is decided once more by `evaluate`. */
export function searchRequest(probe: Probe, fence: Fence, principals: readonly string[]): WitnessRequest | null {
  for (const principal of new Set(principals)) {
    const spoken = spokenOn(probe, fence, principal);
    const holder = holderOf(probe, fence, principal);
    for (const resource of resourcesIn(probe, spoken, fence.account)) {
      const context = new Search(probe.action, resource, holder, spoken).run();
      if (context === null) continue;
      const request = { principal, action: probe.action, resource, resourceAccount: fence.account, context };
      if (evaluate(requestOf(request), layersOf(fence)).decision === 'Allowed') return request;
    }
  }
  return null;
}

/** Resources of a probe: some that no Deny stops by itself, and those that Allows and exceptions name. */
function resourcesIn({ resource }: Probe, { gates, denies }: Spoken, account: string): string[] {
  if (resource === '*') return ['*'];
  const named = [...gates.flatMap(({ allows }) => allows), ...denies].flatMap(({ statement, patterns }) =>
    (statement.effect === 'Allow') === statement.notResource ? [] : patterns,
  );
  const overlapping = named.filter((pattern) => pattern !== '*' && mayOverlap(pattern, resource));
  const samples = [
    ...unstopped(resource, denies, account).slice(0, 4),
    ...overlapping.map((pattern) => sampleOf(intersectionOf(pattern, resource), account)),
  ];
  return [...new Set(samples.filter((it) => it !== undefined))].slice(0, 16);
}

/** Resources that a pattern names and no Deny stops whatever else the request carries: by Region, then by name. */
function unstopped(resource: string, denies: readonly View[], account: string): string[] {
  const [arn, partition = '', service, region, owner, ...rest] = resource.split(':');
  const regions = region === '*' ? (partitionRegions[partition] ?? defaultRegions) : [region];
  const stopping = denies.filter(({ truth, firm }) => truth === 'always' && firm);
  return regions
    .flatMap((it) =>
      ['*', 'a1', 'Other-9'].map((name) =>
        [arn, partition, service, it, owner, rest.join(':').replaceAll('*', name)].join(':'),
      ),
    )
    .flatMap((pattern) => sampleOf(pattern, account) ?? [])
    .filter(
      (it) =>
        !stopping.some(
          ({ statement, patterns }) =>
            patterns.some((pattern) => matchesResource(pattern, it)) !== statement.notResource,
        ),
    );
}

/** Part by part, as the parts of ARNs are matched. */
function intersectionOf(pattern: string, resource: string): string {
  const parts = opened(pattern).split(':');
  const [wanted, own] = [parts, resource.split(':')];
  if (parts.length !== own.length) return textMatchingAll([pattern, resource]) ?? resource;
  return own
    .map((part, at) => (wanted[at] === '*' ? part : (textMatchingAll([wanted[at] ?? '', part]) ?? part)))
    .join(':');
}

/**
 * Looks for a context in which no Deny speaks and every gate has an Allow that does: begins without any free key and mends what is
 * wrong, one key after the other.
 */
class Search {
  readonly #action: string;
  readonly #resource: string;
  readonly #holder: Holder;
  readonly #denies: readonly Statement[];
  readonly #gates: readonly (readonly Statement[])[];
  readonly #values = new Map<string, readonly Value[]>();
  #left = patience;

  constructor(action: string, resource: string, holder: Holder, { gates, denies }: Spoken) {
    this.#action = action.toLowerCase();
    this.#resource = resource;
    this.#holder = holder;
    this.#denies = denies.map(({ statement }) => statement);
    this.#gates = gates.map(({ allows }: { readonly allows: readonly View[] }) => allows.map((it) => it.statement));
  }

  /** The whole context, null where the search came to nothing. */
  run(): Record<string, unknown> | null {
    const found = this.#mend(new Map());
    if (found === null) return null;
    const whole = this.#holder.knowledge.with(Object.fromEntries(found));
    return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
  }

  #mend(chosen: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> | null {
    if (this.#left-- <= 0) return null;
    const context = new Context(this.#holder.knowledge.with(Object.fromEntries(chosen)));
    const asked: Request = requestOf({
      principal: this.#holder.caller.arn,
      action: this.#action,
      resource: this.#resource,
    });
    const speaks = (statement: Statement): boolean => speaksOf(statement, { ...asked, context });
    const denying = this.#denies.find(speaks);
    if (denying !== undefined) return this.#branch(denying, false, chosen);
    const shut = this.#gates.find((allows) => !allows.some(speaks));
    if (shut === undefined) return chosen;
    for (const allow of shut) {
      const found = this.#branch(allow, true, chosen);
      if (found !== null) return found;
    }
    return null;
  }

  /** Tries every value of every key of a statement that moves it towards `wanted`. */
  #branch(
    statement: Statement,
    wanted: boolean,
    chosen: ReadonlyMap<string, Value>,
  ): ReadonlyMap<string, Value> | null {
    const { conditions, variables } = statement;
    for (const condition of conditions) {
      const open = (variables ? condition.values.flatMap(variablesIn) : []).filter((it) => this.#isFree(it, chosen));
      const bound = new Map(open.map((key): [string, Value] => [key, 'zq7']));
      const own = this.#isFree(condition.key, chosen) ? this.#valuesFor(condition.key) : [];
      const changes: Map<string, Value>[] = [
        ...own.map((value) => new Map([[condition.key, value]])),
        ...(bound.size === 0 ? [] : [bound, ...own.map((value) => new Map([...bound, [condition.key, value]]))]),
      ];
      for (const change of changes) {
        const next = new Map([...chosen, ...change]);
        const context = new Context(this.#holder.knowledge.with(Object.fromEntries(next)));
        const found = holds(condition, context, variables) === wanted ? this.#mend(next) : null;
        if (found !== null) return found;
      }
    }
    const inResources = variables ? (statement.resources ?? []).flatMap(variablesIn) : [];
    for (const key of inResources.filter((it) => this.#isFree(it, chosen))) {
      const found = this.#mend(new Map([...chosen, [key, 'zq7']]));
      if (found !== null) return found;
    }
    return null;
  }

  #isFree(key: string, chosen: ReadonlyMap<string, Value>): boolean {
    return !chosen.has(key) && !this.#holder.knowledge.isFixed(key);
  }

  #valuesFor(key: string): readonly Value[] {
    const kept = this.#values.get(key);
    if (kept !== undefined) return kept;
    const all = [...this.#denies, ...this.#gates.flat()].flatMap(({ conditions }) => conditions);
    const own = all.filter((condition) => condition.key === key);
    const { context } = this.#holder.knowledge;
    const fill = (value: string): string =>
      fillVariables(value, context, false) ?? value.replace(/\$\{[^}]*\}/g, 'zq7');
    const values = own.length === 0 ? ['zq7'] : valuesOf(key, own, fill);
    this.#values.set(key, values);
    return values;
  }
}
