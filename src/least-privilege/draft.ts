import { isWild, prefixOf } from '../iam/action-set.ts';
import { covers } from '../iam/patterns.ts';
import type { Statement } from '../iam/policy.ts';
import { matchesAction } from '../iam/wildcard.ts';
import type { Grant, WrittenStatement } from './grants.ts';
import { isWithin, narrowed } from './narrow.ts';
import type { Universe } from './universe.ts';
import type { Usage } from './usage.ts';

/** One statement of the new policy: the actions that are left of one or more statements with the same resources and conditions. */
export interface Draft {
  readonly version: '2012-10-17' | '2008-10-17';
  readonly effect: 'Allow' | 'Deny';
  readonly sid: string | null;
  readonly list: 'Action' | 'NotAction';
  readonly actions: readonly string[];
  /** Resources and conditions, as written. */
  readonly rest: WrittenStatement;
  /** The policies it comes from. */
  readonly from: readonly string[];
  readonly within: readonly Statement[];
}

export interface Drafted {
  readonly drafts: readonly Draft[];
  readonly spelledOut: readonly string[];
}

/**
 * The statements that are left. Of an Allow only the list of actions changes, a Deny stays as it is. Statements with the same resources
 * and conditions become one: that says the same and is shorter.
 */
export function draftsOf(grants: readonly Grant[], universe: Universe, usage: Usage): Drafted {
  const drafts = new Map<string, Draft>();
  const spelledOut = new Set<string>();
  for (const grant of grants) {
    const { statement } = grant;
    const { actions, spelledOut: out } =
      statement.effect === 'Deny' ? { actions: null, spelledOut: [] } : narrowed(statement, universe, usage);
    for (const pattern of out) spelledOut.add(pattern);
    if (actions?.length === 0) continue;
    const list = actions === null && statement.notAction ? 'NotAction' : 'Action';
    const draft = draftOf(grant, list, actions ?? statement.actions);
    // lists of exceptions do not add up: `NotAction` of two is what neither excepts
    const key = JSON.stringify([draft.version, draft.effect, draft.rest, list === 'NotAction' ? draft.actions : null]);
    const there = drafts.get(key);
    drafts.set(key, there === undefined ? draft : joined(there, draft));
  }
  return {
    drafts: [...drafts.values()].map((draft) =>
      draft.effect === 'Allow' && draft.list === 'Action' ? { ...draft, actions: tidy(draft.actions) } : draft,
    ),
    spelledOut: tidy([...spelledOut].filter((pattern) => !stillMatched(pattern, drafts))),
  };
}

/** Another statement may keep the whole pattern. */
const stillMatched = (pattern: string, drafts: ReadonlyMap<string, Draft>): boolean =>
  [...drafts.values()].some(({ list, actions }) => list === 'Action' && actions.includes(pattern));

function draftOf({ policy, statement, written }: Grant, list: Draft['list'], actions: readonly string[]): Draft {
  const { Resource, NotResource, Condition } = written;
  const rest = {
    ...(Resource === undefined ? {} : { Resource: plainList(Resource) }),
    ...(NotResource === undefined ? {} : { NotResource: plainList(NotResource) }),
    ...(Condition === undefined ? {} : { Condition }),
  };
  return {
    version: statement.variables ? '2012-10-17' : '2008-10-17',
    effect: statement.effect,
    sid: statement.sid || null,
    list,
    actions,
    rest,
    from: [policy],
    within: [statement],
  };
}

/** A single value is a list of one; IAM reads past a null among resources. */
function plainList(value: unknown): unknown {
  const list = (Array.isArray(value) ? value : [value]).filter((it) => it !== null);
  return list.length === 1 ? list[0] : list;
}

function joined(first: Draft, other: Draft): Draft {
  return {
    ...first,
    sid: first.sid ?? other.sid,
    actions: first.list === 'NotAction' ? first.actions : [...new Set([...first.actions, ...other.actions])],
    from: [...new Set([...first.from, ...other.from])],
    within: [...first.within, ...other.within],
  };
}

/** Sorted, without what another pattern of the list matches as well. */
function tidy(actions: readonly string[]): string[] {
  const wide = Map.groupBy(actions.filter(isWild), (pattern) =>
    isWild(prefixOf(pattern)) ? '*' : lowerPrefix(pattern),
  );
  const over = (action: string): string[] => [...(wide.get('*') ?? []), ...(wide.get(lowerPrefix(action)) ?? [])];
  const needed = actions.filter(
    (action) => !over(action).some((pattern) => pattern !== action && holds(pattern, action)),
  );
  const different = new Map(needed.map((action) => [action.toLowerCase(), action]));
  return [...different].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, action]) => action);
}

const lowerPrefix = (action: string): string => prefixOf(action).toLowerCase();

const holds = (pattern: string, action: string): boolean =>
  isWild(action)
    ? covers(pattern.toLowerCase(), action.toLowerCase()) && !covers(action.toLowerCase(), pattern.toLowerCase())
    : matchesAction(pattern, action.toLowerCase());

/**
 * The same with names shortened to wildcards, for where the list is too long for IAM: the shortest beginning that matches no action that
 * was taken away, and nothing that the statement did not match before.
 */
export function shortened(draft: Draft, universe: Universe, usage: Usage): Draft {
  if (draft.effect === 'Deny' || draft.list === 'NotAction' || usage.unmeasured !== null) return draft;
  const gone = new Map<string, string[]>();
  const goneIn = (service: string): string[] => {
    const kept = gone.get(service) ?? universe.actionsIn(service).filter((action) => usage.of(action) === 'unused');
    gone.set(service, kept);
    return kept;
  };
  const shorter = (action: string): string => {
    if (isWild(action)) return action;
    const service = prefixOf(action);
    const taken = goneIn(service.toLowerCase()).map((name) => name.toLowerCase());
    for (let end = service.length + 2; end < action.length; end++) {
      const pattern = `${action.slice(0, end)}*`;
      if (!taken.some((name) => matchesAction(pattern, name)) && isWithin(pattern, draft.within)) return pattern;
    }
    return action;
  };
  return { ...draft, actions: tidy([...new Set(draft.actions.map(shorter))]) };
}
