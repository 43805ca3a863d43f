import { StateFailure } from './error.ts';
import { type Expression, evaluate, type Scope } from './expression.ts';
import type { Json } from './json.ts';

/** A JSON value of the definition whose `{% … %}` strings are parsed. */
export type Template =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'array'; readonly items: readonly Template[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Template])[] };

/** The bounds of a number field. */
export interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/** The template with every expression replaced by its value. */
export async function fill(template: Template, scope: Scope): Promise<Json> {
  switch (template.kind) {
    case 'literal':
      return template.value;
    case 'expression':
      return await evaluate(template.expression, scope);
    case 'array':
      return await Promise.all(template.items.map((item) => fill(item, scope)));
    case 'object':
      return Object.fromEntries(
        await Promise.all(template.entries.map(async ([key, value]) => [key, await fill(value, scope)] as const)),
      );
  }
}

/** A string field; another type is `States.QueryEvaluationError`, "an incorrectly typed result" (ASL, Appendix A). */
export async function fillText(template: Template, scope: Scope, field: string): Promise<string> {
  const value = await fill(template, scope);
  if (typeof value === 'string') return value;
  throw mistyped(field, 'a string', value);
}

/** A number field inside its bounds. */
export async function fillNumber(template: Template, scope: Scope, field: string, bounds: Bounds): Promise<number> {
  const value = await fill(template, scope);
  if (isWithin(value, bounds)) return value;
  throw mistyped(field, describe(bounds), value);
}

/** Whether the value is a number that the field may hold. */
export function isWithin(value: Json, { min, max, whole }: Bounds): value is number {
  return typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value));
}

/** The bounds in words. */
export function describe({ min, max, whole }: Bounds): string {
  return `${whole ? 'an integer' : 'a number'} from ${min} to ${max}`;
}

/** The failure for a field that evaluated to a value of the wrong type. */
export function mistyped(field: string, wanted: string, value: Json): StateFailure {
  const shown = JSON.stringify(value).slice(0, 200);
  return new StateFailure('States.QueryEvaluationError', `The field '${field}' expects ${wanted}, but was: ${shown}`);
}
