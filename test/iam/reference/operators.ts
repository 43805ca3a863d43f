import { inRange } from './addresses.ts';
import { matchesLike, type Pattern, textOf } from './patterns.ts';

type Comparison = (wanted: Pattern, value: string) => boolean;

// "Condition operators": one comparison of a value in the policy with a value of the request. Negated operators reuse
// them.
export const comparisons: Readonly<Record<string, Comparison>> = {
  // String condition operators: exact matching, case-sensitive unless the name says IgnoreCase; only Like has
  // wildcards.
  StringEquals: (wanted, value) => textOf(wanted) === value,
  StringEqualsIgnoreCase: (wanted, value) => textOf(wanted).toLowerCase() === value.toLowerCase(),
  StringLike: matchesLike,
  // Numeric condition operators: integer or decimal values.
  NumericEquals: comparing(number, (value, wanted) => value === wanted),
  NumericLessThan: comparing(number, (value, wanted) => value < wanted),
  NumericLessThanEquals: comparing(number, (value, wanted) => value <= wanted),
  NumericGreaterThan: comparing(number, (value, wanted) => value > wanted),
  NumericGreaterThanEquals: comparing(number, (value, wanted) => value >= wanted),
  // Date condition operators: W3C forms of ISO 8601, or epoch seconds.
  DateEquals: comparing(instant, (value, wanted) => value === wanted),
  DateLessThan: comparing(instant, (value, wanted) => value < wanted),
  DateLessThanEquals: comparing(instant, (value, wanted) => value <= wanted),
  DateGreaterThan: comparing(instant, (value, wanted) => value > wanted),
  DateGreaterThanEquals: comparing(instant, (value, wanted) => value >= wanted),
  // Boolean condition operators: true or false.
  Bool: comparing(truth, (value, wanted) => value === wanted),
  // Binary condition operators: byte for byte; both sides are written in base64, so equal bytes are equal texts.
  BinaryEquals: (wanted, value) => value === textOf(wanted),
  IpAddress: (wanted, value) => inRange(textOf(wanted), value),
  // Amazon Resource Name (ARN) condition operators: ArnEquals and ArnLike behave identically.
  ArnEquals: arnLike,
  ArnLike: arnLike,
};

// Same page, Policy variables of each section; "Variables and tags", Condition element: only the string and ARN
// operators.
export const takesVariables = (operator: string) => /^(String|Arn)/.test(operator);

// String condition operators, Wildcard matching: ARN operators enforce a structure on the value; it must be an ARN.
function arnLike(wanted: Pattern, value: string): boolean {
  const [patterns, parts] = [componentsOf(wanted), value.split(':')];
  if (patterns.length < 6 || parts.length < 6) return false;
  const components = [...parts.slice(0, 5), parts.slice(5).join(':')];
  return components.every((component, index) => matchesLike(patterns[index] ?? [], component));
}

// ARN condition operators: each of the six colon-delimited components is checked separately; the sixth is the rest.
function componentsOf(wanted: Pattern): readonly Pattern[] {
  const colons = wanted.flatMap(({ char }, index) => (char === ':' ? [index] : [])).slice(0, 5);
  const starts = [0, ...colons.map((index) => index + 1)];
  return starts.map((start, part) => wanted.slice(start, colons[part] ?? wanted.length));
}

// A value that is not of the operator's type matches nothing.
function comparing<T>(parse: (text: string) => T | undefined, holds: (value: T, wanted: T) => boolean): Comparison {
  return (pattern, text) => {
    const [value, wanted] = [parse(text), parse(textOf(pattern))];
    return value !== undefined && wanted !== undefined && holds(value, wanted);
  };
}

function number(text: string): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

const w3cDate = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

function instant(text: string): number | undefined {
  const zoned = text.includes('T') && !/(Z|[+-]\d\d:\d\d)$/.test(text) ? `${text}Z` : text;
  if (w3cDate.test(text)) return Number.isNaN(Date.parse(zoned)) ? undefined : Date.parse(zoned);
  const epochSeconds = number(text);
  return epochSeconds === undefined ? undefined : epochSeconds * 1000;
}

function truth(text: string): string | undefined {
  return /^(true|false)$/i.test(text) ? text.toLowerCase() : undefined;
}
