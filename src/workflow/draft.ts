import { messageOf } from './error.ts';
import { type Expression, expressionSource, parseExpression } from './expression.ts';
import { isArray, isObject, type Json, type JsonObject } from './json.ts';
import type { Template } from './template.ts';

/** What loading one machine gathers: problems, and which variables are read and assigned. Loading is the one place that fills it. */
export interface Draft {
  readonly problems: string[];
  readonly expressions: Expression[];
  readonly assigned: Set<string>;
}

/** A fresh draft for a machine whose variables nobody else sees, reporting to the same list. */
export function newDraft(problems: string[]): Draft {
  return { problems, expressions: [], assigned: new Set() };
}

/** One object of the definition, with its path. */
export interface Part {
  readonly fields: JsonObject;
  readonly path: string;
  readonly draft: Draft;
}

/** Notes a problem of the part, or of one of its fields. */
export function report(part: Part, problem: string, field?: string): void {
  const path = field === undefined ? part.path : pathOf(part, field);
  part.draft.problems.push(`${path === '' ? 'definition' : path}: ${problem}`);
}

// Paths are written as the ASL has them, `States.X.Y`, without a name for the whole.
function pathOf({ path }: Part, field: string): string {
  return path === '' ? field : `${path}.${field}`;
}

// ASL names them for JSONPath states only.
const jsonPathFields = new Set(
  [
    'InputPath',
    'OutputPath',
    'ResultPath',
    'ResultSelector',
    'Parameters',
    'Result',
    'ItemsPath',
    'SecondsPath',
  ].concat(
    ['TimestampPath', 'TimeoutSecondsPath', 'ErrorPath', 'CausePath', 'MaxConcurrencyPath', 'MaxItemsPath', 'Variable'],
    ['ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'],
  ),
);

/** Reports every field outside the allowed ones, and every required one that is missing. */
export function checkFields(part: Part, allowed: readonly string[], required: readonly string[] = []): void {
  for (const field of Object.keys(part.fields)) {
    if (allowed.includes(field)) continue;
    const isJsonPath = jsonPathFields.has(field);
    report(part, isJsonPath ? 'belongs to JSONPath, use JSONata' : 'not supported by the local runner', field);
  }
  for (const field of required) if (!(field in part.fields)) report(part, 'is required', field);
}

/** The object in a field; reports anything else and goes on with an empty one. */
export function objectAt(part: Part, field: string): Part {
  return asPart(part.fields[field], pathOf(part, field), part.draft);
}

/** The objects of an array field; none if the field is missing. */
export function objectsAt(part: Part, field: string): readonly Part[] {
  const list = part.fields[field] ?? [];
  if (!isArray(list)) report(part, 'must be an array', field);
  return isArray(list) ? list.map((item, at) => asPart(item, `${pathOf(part, field)}[${at}]`, part.draft)) : [];
}

/** Any value as a part; reports one that is no object. */
export function asPart(value: Json | undefined, path: string, draft: Draft): Part {
  const part = { fields: isObject(value) ? value : {}, path, draft };
  if (value !== undefined && !isObject(value)) report(part, 'must be an object');
  return part;
}

/** The constant string of a field, '' when missing or wrong (the latter reported). */
export function constantAt(part: Part, field: string): string {
  const value = part.fields[field] ?? '';
  if (typeof value !== 'string') report(part, 'must be a string', field);
  return typeof value === 'string' ? value : '';
}

/** The compiled template of a field, if there. */
export function templateAt(part: Part, field: string): Template | undefined {
  const value = part.fields[field];
  return value === undefined ? undefined : compile(value, pathOf(part, field), part.draft);
}

function compile(value: Json, path: string, draft: Draft): Template {
  if (typeof value === 'string') return compileText(value, path, draft);
  if (isArray(value)) return { kind: 'array', items: value.map((item, at) => compile(item, `${path}[${at}]`, draft)) };
  if (!isObject(value)) return { kind: 'literal', value };
  const entries = Object.entries(value).map(([key, item]) => [key, compile(item, `${path}.${key}`, draft)] as const);
  return { kind: 'object', entries };
}

function compileText(text: string, path: string, draft: Draft): Template {
  const source = expressionSource(text);
  if (source === undefined) return { kind: 'literal', value: text };
  try {
    const expression = parseExpression(source, path);
    draft.expressions.push(expression);
    return { kind: 'expression', expression };
  } catch (thrown) {
    draft.problems.push(`${path}: not JSONata: ${messageOf(thrown)}`);
    return { kind: 'literal', value: text };
  }
}
