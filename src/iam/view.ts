import type { Knowledge, Truth } from './knowledge.ts';
import { variablesIn } from './knowledge.ts';
import { canBeOwn, covers, mayOverlap, opened } from './patterns.ts';
import type { Policy, Statement } from './policy.ts';
import type { Layer } from './request.ts';
import { coversResource } from './statement.ts';
import { fillVariables, hasVariable } from './variables.ts';

/** A statement as one principal meets it: whether its conditions can hold, and which resources of the account it can name. */
export interface View {
  readonly statement: Statement;
  readonly policy: string;
  readonly layer: Layer;
  readonly level: number | null;
  readonly truth: Exclude<Truth, 'never'>;
  /** Patterns that can name a resource of the account, variables opened. Of a `Not` form: the exceptions. */
  readonly patterns: readonly string[];
  /** Whether the patterns name exactly what the statement names: no variable that a request could fill otherwise. */
  readonly firm: boolean;
}

/** The views of some policies; statements that never apply, or never to a resource of the account, are left out. */
export function viewsOf(
  policies: readonly Policy[],
  place: { readonly layer: Layer; readonly level: number | null },
  knowledge: Knowledge,
  account: string,
): View[] {
  return policies.flatMap((policy) =>
    policy.statements.flatMap((statement): View[] => {
      const truth = knowledge.truthOfAll(statement);
      if (truth === 'never') return [];
      const { patterns, firm } = resourcesOf(statement, knowledge, account);
      if (patterns.length === 0 && !statement.notResource) return [];
      return [{ statement, policy: policy.name, ...place, truth, patterns, firm }];
    }),
  );
}

function resourcesOf(
  { resources, notResource, variables }: Statement,
  knowledge: Knowledge,
  account: string,
): Pick<View, 'patterns' | 'firm'> {
  if (resources === null) return { patterns: ['*'], firm: true };
  const named = resources.map((it) => (variables && hasVariable(it) ? filledBy(knowledge, it) : it));
  const patterns = named.flatMap((it, at) => (it === null ? opened(resources[at] ?? '') : (it ?? [])));
  return {
    patterns: notResource ? patterns : patterns.filter((it) => canBeOwn(it, account)),
    firm: !named.includes(null) && (variables || !resources.some(hasVariable)),
  };
}

/** A pattern with its variables filled in; undefined where it names nothing, null where requests may fill it in otherwise, or with a wildcard. */
function filledBy(knowledge: Knowledge, pattern: string): string | undefined | null {
  if (!variablesIn(pattern).every((key) => knowledge.isFixed(key))) return null;
  const text = fillVariables(pattern, knowledge.context, false);
  const wild = (it: string): string => it.replace(/[^*?]/g, '');
  return text === undefined || wild(text) === wild(pattern.replace(/\$\{[^}]*\}/g, '')) ? text : null;
}

/** Whether a statement may speak of some resource that a pattern names. */
export const mayMeet = ({ statement, patterns, firm }: View, pattern: string): boolean =>
  statement.notResource
    ? !(firm && patterns.some((except) => covers(except, pattern)))
    : patterns.some((it) => mayOverlap(it, pattern));

/** Whether a statement speaks, in every request, of every resource that a pattern names. */
export const surelyCovers = (view: View, pattern: string): boolean =>
  view.truth === 'always' && coversPattern(view, pattern);

/** The same where its conditions hold. */
export function coversPattern({ statement, patterns, firm }: View, pattern: string): boolean {
  if (statement.notResource) return !patterns.some((except) => mayOverlap(except, pattern));
  return firm && patterns.some((it) => covers(it, pattern));
}

/** Whether a statement speaks of one resource: in every request, in some, or in none. */
export function truthOn({ statement, patterns, truth, firm }: View, resource: string, knowledge: Knowledge): Truth {
  if (firm) return coversResource(statement, resource, knowledge.context) ? truth : 'never';
  if (statement.notResource) return 'maybe';
  return patterns.some((it) => mayOverlap(it, resource)) ? 'maybe' : 'never';
}
