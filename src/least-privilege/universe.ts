import { actionsOf, describeAction, services } from '../catalogue/actions.ts';
import { resourceSpaceOf } from '../catalogue/resource-spaces.ts';
import { ActionSet, bitsOf, isWild, prefixOf } from '../iam/action-set.ts';
import type { Statement } from '../iam/policy.ts';

let listed: ActionSet | undefined;

let spelt: ReadonlySet<string> | undefined;

/** Whether an action is one that AWS lists, spelt as AWS spells it. */
export function isListed(action: string): boolean {
  spelt ??= new Set(everyAction().names);
  return spelt.has(action);
}

/** Every action that AWS lists, as one set; made when it is first asked for. */
export function everyAction(): ActionSet {
  listed ??= new ActionSet(
    services()
      .flatMap(actionsOf)
      .map(({ name }) => name),
    resourceSpaceOf,
  );
  return listed;
}

const listedByService = new Map<string, readonly string[]>();

function listedIn(service: string): readonly string[] {
  const kept = listedByService.get(service) ?? actionsOf(service).map(({ name }) => name);
  listedByService.set(service, kept);
  return kept;
}

/** The actions that can be told apart for one identity: what AWS lists, and what its policies and its report name beside. */
export interface Universe {
  readonly sets: readonly ActionSet[];
  /** By service, in lower case: its actions, as AWS spells them. */
  actionsIn(service: string): readonly string[];
  services(): readonly string[];
}

/** `named` and `reported`: actions and services of policies and reports, in any case; those that AWS lists are known already. */
export function universeOf(named: Iterable<string>, reported: Iterable<string>): Universe {
  const strange = new Map<string, string>();
  for (const name of named)
    if (!isWild(name) && describeAction(name) === undefined) strange.set(name.toLowerCase(), name);
  const more = Map.groupBy(strange.values(), (name) => prefixOf(name).toLowerCase());
  const all = [...new Set([...services(), ...more.keys(), ...[...reported].map((service) => service.toLowerCase())])];
  return {
    sets: [everyAction(), ...(strange.size === 0 ? [] : [new ActionSet([...strange.values()])])],
    actionsIn: (service) =>
      more.has(service) ? [...listedIn(service), ...(more.get(service) ?? [])] : listedIn(service),
    services: () => all,
  };
}

/** What a statement speaks of, by service in lower case. */
export function spokenOf(statement: Statement, { sets }: Universe): Map<string, string[]> {
  const names = sets.flatMap((set) =>
    [...bitsOf(set.maskOf(statement))].filter((at) => at < set.names.length).map((at) => set.names[at] ?? ''),
  );
  return Map.groupBy(names, (name) => prefixOf(name).toLowerCase());
}
