import jsonata from 'jsonata';
import { messageOf, StateFailure } from './error.ts';
import { freeVariables } from './free-variables.ts';
import type { Callable } from './functions.ts';
import { type Json, type JsonObject, throughJson } from './json.ts';

/** Workflow variables, by name without the `$`. */
export type Variables = JsonObject;

/** What an expression can see: `$states`, the variables and the functions. */
export interface Scope {
  readonly states: JsonObject;
  readonly variables: Variables;
  readonly functions: Readonly<Record<string, Callable>>;
}

/** One JSONata expression, parsed once at load. */
export interface Expression {
  readonly source: string;
  /** Where it stands in the definition, for messages. */
  readonly field: string;
  readonly reads: ReadonlySet<string>;
  readonly run: (input: undefined, bindings: Readonly<Record<string, unknown>>) => Promise<unknown>;
}

/** The source inside `{% … %}`; undefined for a plain string. ASL: nothing may stand outside the marks. */
export function expressionSource(text: string): string | undefined {
  return /^\{%(.*)%\}$/s.exec(text)?.[1]?.trim();
}

/** Parses an expression; throws what JSONata throws when it cannot. */
export function parseExpression(source: string, field: string): Expression {
  const parsed = jsonata(source);
  return {
    source,
    field,
    reads: freeVariables(parsed.ast()),
    run: (input, bindings) => parsed.evaluate(input, bindings) as Promise<unknown>,
  };
}

/** Evaluates to JSON. A fault, a function or nothing at all is `States.QueryEvaluationError` (ASL, Appendix A). */
export async function evaluate(expression: Expression, scope: Scope): Promise<Json> {
  const value = await evaluated(expression, scope);
  if (value === undefined) throw evaluationError(expression, 'returned nothing (undefined)');
  return value;
}

// There is no input: Step Functions has neither `$` nor `$$` at the top, only `$states` and the variables.
async function evaluated(expression: Expression, { states, variables, functions }: Scope): Promise<Json | undefined> {
  try {
    const value = await expression.run(undefined, { ...functions, ...variables, states });
    return throughJson(value, refuseFunctions);
  } catch (thrown) {
    throw evaluationError(expression, `failed: ${messageOf(thrown)}`);
  }
}

// JSONata gives functions and regular expressions as objects that JSON would quietly take for data.
function refuseFunctions(_key: string, value: unknown): unknown {
  const marked = typeof value === 'object' && value !== null;
  const isFunction = marked ? '_jsonata_lambda' in value || '_jsonata_function' in value : typeof value === 'function';
  if (isFunction) throw new TypeError('the result is a function');
  return value;
}

function evaluationError({ source, field }: Expression, what: string): StateFailure {
  return new StateFailure(
    'States.QueryEvaluationError',
    `The JSONata expression '${source}' specified for the field '${field}' ${what}`,
  );
}
