import { contextValues, many, type PolicyDocument, type Request, type Scalar, type Statement } from './case.ts';
import { comparisons, takesVariables } from './operators.ts';
import { written } from './patterns.ts';
import { fillIn } from './variables.ts';

type Operator = {
  readonly base: string;
  readonly negated: boolean;
  readonly ifExists: boolean;
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
};

// "Conditions with multiple context keys or values": all operators, and all keys under one operator, must hold (AND).
export function conditionsHold(statement: Statement, { Version }: PolicyDocument, request: Request): boolean {
  return Object.entries(statement.Condition ?? {}).every(([name, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(parse(name), key, many(wanted), Version, request)),
  );
}

function holds(
  operator: Operator,
  key: string,
  wanted: readonly Scalar[],
  version: string | undefined,
  { context }: Request,
): boolean {
  const values = contextValues(context, key);
  // "Condition operators", Condition operator to check existence: true asks for an absent key, false for a present one.
  if (operator.base === 'Null') return wanted.some((value) => (String(value) === 'true') === (values.length === 0));
  if (values.length === 0) return holdsWhenMissing(operator);
  const compare = comparisons[operator.base];
  if (compare === undefined) throw new Error(`unknown condition operator \`${operator.base}\``);
  // "Conditions with multiple context keys or values": several policy values are OR, under a negated operator NOR.
  const passes = (value: string) => {
    const matched = wanted.some((one) => {
      const pattern = takesVariables(operator.base) ? fillIn(String(one), version, context) : written(String(one));
      // "Variables and tags", Policy variables with no value: nothing is equal to or like it, so a negated operator
      // holds.
      return pattern !== undefined && compare(pattern, value);
    });
    return matched !== operator.negated;
  };
  return overValues(operator, values, passes);
}

// "Single-valued vs. multivalued context keys", Set operators: every value of the request, or at least one.
function overValues({ set, negated }: Operator, values: readonly string[], passes: (value: string) => boolean) {
  // "Condition operators", Multivalued ARN condition operators: ForAllValues is true for a null set such as an empty
  // string.
  if (set === 'ForAllValues') return values.every((value) => value === '') || values.every(passes);
  if (set === 'ForAnyValue') return values.some(passes);
  // No set operator: the documentation asks for one, so this is a reading (README): any value matches, negated none.
  return negated ? values.every(passes) : values.some(passes);
}

function holdsWhenMissing({ ifExists, set, negated }: Operator): boolean {
  // "Condition operators", ...IfExists: if the key is not present, the condition element is true.
  if (ifExists) return true;
  // "Single-valued vs. multivalued context keys": ForAllValues is true without keys, ForAnyValue false.
  if (set !== undefined) return set === 'ForAllValues';
  // "Condition operators", Important: a missing key does not match, so a negated operator is true and any other false.
  return negated;
}

function parse(name: string): Operator {
  const [last = '', set] = name.split(':').reverse();
  const ifExists = last.endsWith('IfExists');
  const operator = ifExists ? last.slice(0, -'IfExists'.length) : last;
  // StringNotEquals, NumericNotEquals, DateNotEquals, ArnNotLike, NotIpAddress …: the operator without `Not`, negated.
  const negated = operator.includes('Not');
  return { base: operator.replace('Not', ''), negated, ifExists, set: set as Operator['set'] };
}
