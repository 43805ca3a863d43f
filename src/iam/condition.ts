import { type Operator, operatorNamed } from './comparisons.ts';
import type { Context } from './context.ts';
import { fillVariables, hasVariable } from './variables.ts';
import { filled, type Wildcards, written } from './wildcard.ts';

/** How a condition operator was written: the operator (null = `Null`), its set prefix and `IfExists`. */
export interface OperatorUse {
  readonly operator: Operator | null;
  readonly set: 'all' | 'any' | null;
  readonly ifExists: boolean;
}

/** One key of one operator. All conditions of a statement must hold (AND); the values of one are alternatives (OR). */
export interface Condition extends OperatorUse {
  readonly written: string;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

const uses = new Map<string, OperatorUse | null>();

/** Reads an operator as written: `ForAnyValue:StringLikeIfExists`. Null where IAM knows no such operator. */
export function operatorUse(text: string): OperatorUse | null {
  let use = uses.get(text);
  if (use === undefined) {
    use = readOperator(text.toLowerCase());
    if (uses.size > 10_000) uses.clear();
    uses.set(text, use);
  }
  return use;
}

function readOperator(text: string): OperatorUse | null {
  const set = text.startsWith('forallvalues:') ? 'all' : text.startsWith('foranyvalue:') ? 'any' : null;
  const bare = set === null ? text : text.slice(text.indexOf(':') + 1);
  if (bare === 'null') return { operator: null, set, ifExists: false };
  const ifExists = bare.endsWith('ifexists');
  const operator = operatorNamed.get(ifExists ? bare.slice(0, -'ifexists'.length) : bare);
  return operator === undefined ? null : { operator, set, ifExists };
}

/** A value of the policy, ready to compare: its variables filled in. */
interface Wanted {
  readonly text: string;
  readonly wildcards: Wildcards;
}

/**
 * Whether a condition holds. A missing key: `IfExists` and `ForAllValues` are true, `ForAnyValue` is false, else negated operators are
 * true and the others false (IAM user guide, "Condition operators" and "Set operators for multivalued context keys"). A value whose
 * variable has no value, or that is not of the operator's type, equals nothing: a negated condition holds against it ("Policy variables
 * with no value").
 */
export function holds(condition: Condition, context: Context, variables: boolean): boolean {
  const { operator, set } = condition;
  const given = context.get(condition.key);
  if (operator === null) return nullHolds(condition.values, given === undefined);
  const { negated, compare } = operator;
  if (given === undefined) return condition.ifExists || set === 'all' || (set === null && negated);
  if (set === 'all' && given.length === 1 && given[0] === '') return true; // "a null data set, such as an empty string"
  const wanted = wantedOf(condition.values, operator, context, variables);
  const meets = (value: string): boolean => {
    for (const { text, wildcards } of wanted) if (compare(value, text, wildcards)) return true;
    return false;
  };
  if (!negated) return set === 'all' ? given.every(meets) : given.some(meets);
  return set === 'any' ? !given.every(meets) : !given.some(meets);
}

/** `Null`: true asks that the key is absent, false that it is there (IAM user guide, "Condition operator to check existence of condition keys"). */
const nullHolds = (values: readonly string[], absent: boolean): boolean =>
  values.some((value) => (value.toLowerCase() === 'true') === absent);

function wantedOf(
  values: readonly string[],
  { variables, wild }: Operator,
  context: Context,
  known: boolean,
): Wanted[] {
  const wanted: Wanted[] = [];
  for (const value of values) {
    if (!known || !variables || !hasVariable(value)) wanted.push({ text: value, wildcards: written });
    else {
      const text = fillVariables(value, context, wild);
      if (text !== undefined) wanted.push({ text, wildcards: filled });
    }
  }
  return wanted;
}
