import { checkFields, constantAt, objectsAt, type Part, report, templateAt } from './draft.ts';
import { isArray, isObject } from './json.ts';
import { bounds, type Catcher, type ErrorHandling, type Onward, type Retrier, type Shape } from './model.ts';
import { describe, isWithin, type Template } from './template.ts';

/** `Assign` and `Output`; notes which variables the part assigns. */
export function loadShape(part: Part): Shape {
  const names = isObject(part.fields['Assign']) ? Object.keys(part.fields['Assign']) : [];
  if (part.fields['Assign'] !== undefined && !isObject(part.fields['Assign']))
    report(part, 'must be an object', 'Assign');
  // ASL: a state MUST NOT assign a value to "states".
  if (names.includes('states')) report(part, 'must not assign the reserved variable', 'Assign.states');
  for (const name of names) part.draft.assigned.add(name);
  return { assign: templateAt(part, 'Assign'), output: templateAt(part, 'Output') };
}

/** Exactly one of `Next` and `"End": true` (ASL, "Transitions"). */
export function loadOnward(part: Part): Onward {
  const { Next, End } = part.fields;
  if ((Next === undefined) === (End === undefined)) report(part, 'must have exactly one of Next and End');
  if (End !== undefined && End !== true) report(part, 'must be true', 'End');
  return { next: Next === undefined ? undefined : constantAt(part, 'Next') };
}

/** A number field: a literal in bounds, or an expression checked when evaluated. */
export function numberAt(part: Part, field: keyof typeof bounds): Template | undefined {
  const template = templateAt(part, field);
  if (template === undefined || template.kind === 'expression') return template;
  const allowed = template.kind === 'literal' && isWithin(template.value, bounds[field]);
  if (!allowed) report(part, `must be ${describe(bounds[field])} or JSONata`, field);
  return template;
}

/** A string field: a literal, or an expression checked when evaluated. */
export function textAt(part: Part, field: string): Template | undefined {
  const template = templateAt(part, field);
  if (template === undefined || template.kind === 'expression') return template;
  const allowed = template.kind === 'literal' && typeof template.value === 'string';
  if (!allowed) report(part, 'must be a string or JSONata', field);
  return template;
}

/** A required string field; `checkFields` has reported a missing one. */
export function requiredTextAt(part: Part, field: string): Template {
  return textAt(part, field) ?? { kind: 'literal', value: '' };
}

/** `Retry` and `Catch`. */
export function loadErrorHandling(part: Part): ErrorHandling {
  const retriers = objectsAt(part, 'Retry');
  const catchers = objectsAt(part, 'Catch');
  for (const list of [retriers, catchers]) checkWildcard(list);
  return { retry: retriers.map(loadRetrier), catch: catchers.map(loadCatcher) };
}

// ASL, "Errors": States.ALL MUST appear alone in ErrorEquals and MUST appear in the last Retrier or Catcher.
function checkWildcard(list: readonly Part[]): void {
  for (const [at, part] of list.entries()) {
    const names = part.fields['ErrorEquals'];
    if (!isArray(names) || !names.includes('States.ALL')) continue;
    if (names.length > 1) report(part, 'States.ALL must stand alone', 'ErrorEquals');
    if (at < list.length - 1) report(part, 'States.ALL must come last', 'ErrorEquals');
  }
}

const retrierNumbers = ['IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds'] as const;

// Defaults: ASL, "Retrying after error".
function loadRetrier(part: Part): Retrier {
  checkFields(part, ['ErrorEquals', ...retrierNumbers, 'JitterStrategy', 'Comment'], ['ErrorEquals']);
  const jitter = part.fields['JitterStrategy'] ?? 'NONE';
  if (jitter !== 'FULL' && jitter !== 'NONE') report(part, 'must be FULL or NONE', 'JitterStrategy');
  return {
    errorEquals: loadErrorEquals(part),
    intervalSeconds: constantNumberAt(part, 'IntervalSeconds') ?? 1,
    maxAttempts: constantNumberAt(part, 'MaxAttempts') ?? 3,
    backoffRate: constantNumberAt(part, 'BackoffRate') ?? 2,
    maxDelaySeconds: constantNumberAt(part, 'MaxDelaySeconds'),
    jitter: jitter === 'FULL' ? 'FULL' : 'NONE',
  };
}

function constantNumberAt(part: Part, field: (typeof retrierNumbers)[number]): number | undefined {
  const value = part.fields[field];
  if (value === undefined) return undefined;
  if (isWithin(value, bounds[field])) return value;
  report(part, `must be ${describe(bounds[field])}`, field);
  return undefined;
}

function loadCatcher(part: Part): Catcher {
  checkFields(part, ['ErrorEquals', 'Next', 'Assign', 'Output', 'Comment'], ['ErrorEquals', 'Next']);
  return { errorEquals: loadErrorEquals(part), next: constantAt(part, 'Next'), ...loadShape(part) };
}

function loadErrorEquals(part: Part): readonly string[] {
  const names = part.fields['ErrorEquals'] ?? [];
  const texts = isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  if (texts.length === 0 || !isArray(names) || texts.length !== names.length)
    report(part, 'must be a non-empty array of strings', 'ErrorEquals');
  return texts;
}
