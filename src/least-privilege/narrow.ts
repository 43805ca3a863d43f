import { isWild, prefixOf } from '../iam/action-set.ts';
import { covers, mayOverlap } from '../iam/patterns.ts';
import type { Statement } from '../iam/policy.ts';
import { matchesAction, matchesWildcard } from '../iam/wildcard.ts';
import { spokenOf, type Universe } from './universe.ts';
import type { Usage } from './usage.ts';

/** The actions that an Allow keeps, and which of its wildcards now stand for fewer. */
export interface Narrowed {
  /** Action names and patterns, each no wider than the statement was; null where it loses nothing and stays as written. */
  readonly actions: readonly string[] | null;
  /** Patterns, by service, in whose place the names stand that AWS lists: what nobody lists is no longer matched. */
  readonly spelledOut: readonly string[];
}

const unchanged: Narrowed = { actions: null, spelledOut: [] };

/**
 * Takes what was not used out of the actions of an Allow. A pattern that loses nothing stays as written, within its service; one that
 * loses some actions becomes the names of the others, or their first word and `*` where AWS cannot tell their use and nothing of that word
 * goes; one whose service was not used goes.
 */
export function narrowed(statement: Statement, universe: Universe, usage: Usage): Narrowed {
  if (usage.unmeasured !== null) return unchanged;
  return statement.notAction ? fromExceptions(statement, universe, usage) : fromPatterns(statement, universe, usage);
}

function fromPatterns(statement: Statement, universe: Universe, usage: Usage): Narrowed {
  const parts = statement.actions.map((pattern) =>
    isWild(pattern) ? fromPattern(pattern, universe, usage) : fromName(pattern, universe, usage),
  );
  if (parts.every(({ actions }) => actions === null)) return unchanged;
  return {
    actions: [...new Set(parts.flatMap(({ actions }, at) => actions ?? statement.actions[at] ?? []))],
    spelledOut: parts.flatMap(({ spelledOut }) => spelledOut),
  };
}

function fromName(action: string, universe: Universe, usage: Usage): Narrowed {
  if (usage.of(action) === 'unused') return { actions: [], spelledOut: [] };
  const lower = action.toLowerCase();
  const listed = universe.actionsIn(prefixOf(lower)).find((name) => name.toLowerCase() === lower);
  return listed === undefined || listed === action ? unchanged : { actions: [listed], spelledOut: [] };
}

function fromPattern(pattern: string, universe: Universe, usage: Usage): Narrowed {
  const name = pattern.includes(':') ? pattern.slice(pattern.indexOf(':') + 1) : '*';
  const [actions, spelledOut]: [string[], string[]] = [[], []];
  let loses = false;
  for (const service of servicesOf(pattern, universe)) {
    const within = `${service}:${name}`;
    const listed = universe.actionsIn(service);
    const matched = listed.filter((action) => matchesAction(within, action.toLowerCase()));
    const kept = matched.filter((action) => usage.of(action) !== 'unused');
    const unlisted = usage.ofUnnamed(service) !== 'unused'; // what AWS lists nowhere
    const alone = !isWild(prefixOf(pattern)) || listed.length === 0;
    if (kept.length < matched.length || (matched.length === 0 && alone && !unlisted)) {
      loses = true;
      const gone = matched.filter((action) => usage.of(action) === 'unused');
      actions.push(...byWord(kept, gone, within, usage));
      if (unlisted) spelledOut.push(within);
    } else if (matched.length > 0 || alone) actions.push(within);
  }
  return loses ? { actions, spelledOut } : unchanged;
}

/** The services that a pattern may name; one that nobody lists, if it names it alone. */
function servicesOf(pattern: string, universe: Universe): readonly string[] {
  const prefix = prefixOf(pattern).toLowerCase();
  return isWild(prefix) ? universe.services().filter((service) => matchesWildcard(prefix, service)) : [prefix];
}

/** Of a `NotAction`: what it lets through of each service. Services that nobody lists cannot be named, and go. */
function fromExceptions(statement: Statement, universe: Universe, usage: Usage): Narrowed {
  const [actions, spelledOut]: [Set<string>, string[]] = [new Set(), []];
  const spoken = spokenOf(statement, universe);
  let loses = false;
  for (const service of universe.services()) {
    const names = spoken.get(service) ?? [];
    const kept = names.filter((action) => usage.of(action) !== 'unused');
    const unlisted = usage.ofUnnamed(service) !== 'unused';
    const whole = kept.length === names.length;
    if (!whole || !unlisted) loses = true;
    if (whole && unlisted && meetsNone(`${service}:*`, statement.actions)) actions.add(`${service}:*`);
    else for (const action of kept) actions.add(whole && unlisted ? widest(action, statement.actions) : action);
    if (!whole && unlisted) spelledOut.push(`${service}:*`);
  }
  return loses ? { actions: [...actions], spelledOut } : unchanged;
}

/** Names, and patterns for those of one word whose use AWS does not tell: so stays what AWS adds to them. */
function byWord(kept: readonly string[], gone: readonly string[], within: string, usage: Usage): string[] {
  const words = Map.groupBy(kept, wordPattern);
  return [...words].flatMap(([pattern, names]) => {
    const untold = names.length > 1 && names.some((action) => usage.of(action) === 'untrackable');
    const free = pattern !== null && covers(within.toLowerCase(), pattern.toLowerCase());
    return untold && free && !gone.some((action) => matchesAction(pattern, action.toLowerCase())) ? [pattern] : names;
  });
}

/** `s3:Get*` for `s3:GetObject`; null for a name that does not begin with a word. */
function wordPattern(action: string): string | null {
  const [service = '', name = ''] = action.split(':');
  const word = /^[A-Z]?[a-z0-9]+/.exec(name)?.[0];
  return word === undefined ? null : `${service}:${word}*`;
}

/** All actions of the service that begin with the same word, where none of them is excepted; else the action alone. */
function widest(action: string, exceptions: readonly string[]): string {
  const pattern = wordPattern(action);
  return pattern !== null && meetsNone(pattern, exceptions) ? pattern : action;
}

const meetsNone = (pattern: string, exceptions: readonly string[]): boolean =>
  !exceptions.some((exception) => mayOverlap(exception.toLowerCase(), pattern.toLowerCase()));

/** Whether some of the statements speaks of everything that a pattern matches. Errs towards no. */
export const isWithin = (pattern: string, statements: readonly Statement[]): boolean =>
  statements.some(({ actions, notAction }) =>
    notAction ? meetsNone(pattern, actions) : actions.some((wide) => covers(wide.toLowerCase(), pattern.toLowerCase())),
  );
