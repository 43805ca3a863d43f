import type { AdvancedSelector, FieldSelector } from '../domain/facts.ts';
import { fieldMatches } from './match.ts';

/** Values that a field can take at all; others are free texts, and may be absent where `optional` says so. */
const closed: Readonly<Record<string, readonly (string | null)[]>> = {
  readOnly: ['true', 'false'],
  sessionCredentialFromConsole: ['true', null],
};
const neverAbsent = new Set(['eventCategory', 'eventSource', 'eventName', 'eventType']);

/**
 * Values of a field that between them meet and miss its conditions in every way that a value can, `samples` (real ones) first. A text
 * meets the conditions it meets by being a constant, or by its longest prefix and its longest suffix among them: so constants, and every
 * prefix with every suffix around a letter that no constant has, are all there is.
 */
export function candidates(
  field: string,
  conditions: readonly FieldSelector[],
  samples: readonly string[],
): (string | null)[] {
  const values = closed[field] ?? [...samples, ...(neverAbsent.has(field) ? [] : [null]), ...textsOf(conditions)];
  const different = new Map(
    values.toReversed().map((value) => [conditions.map((it) => fieldMatches(it, value)[0]).join(''), value]),
  );
  const kept = new Set(different.values());
  return values.filter((value, index) => kept.has(value) && values.indexOf(value) === index);
}

function textsOf(conditions: readonly FieldSelector[]): string[] {
  const constants = (...operators: (keyof FieldSelector['values'])[]): string[] => [
    ...new Set(conditions.flatMap(({ values }) => operators.flatMap((operator) => values[operator] ?? []))),
  ];
  const [whole, prefixes, suffixes] = [
    constants('Equals', 'NotEquals'),
    constants('StartsWith', 'NotStartsWith'),
    constants('EndsWith', 'NotEndsWith'),
  ];
  const fresh = letterOutside([...whole, ...prefixes, ...suffixes]);
  const around = ['', ...prefixes].flatMap((prefix) => ['', ...suffixes].map((suffix) => prefix + fresh + suffix));
  return [...whole, ...around];
}

/** A letter that no constant has, so that a text around it meets no longer prefix or suffix than it is made of. */
function letterOutside(constants: readonly string[]): string {
  const used = new Set(constants.join(''));
  for (const letter of 'xzqjkvwyubdfghlmpncotirsaeXZQJ0123456789') if (!used.has(letter)) return letter;
  for (let code = 0x4e00; ; code++) if (!used.has(String.fromCharCode(code))) return String.fromCharCode(code);
}

/** Every field that the selectors speak of, with all conditions on it. */
export function conditionsByField(selectors: readonly AdvancedSelector[]): Map<string, FieldSelector[]> {
  return Map.groupBy(
    selectors.flatMap(({ fields }) => fields),
    ({ field }) => field,
  );
}
