import { type Context, contextValues } from './case.ts';
import { inserted, type Pattern, written } from './patterns.ts';

// `${*}`, `${?}`, `${$}`, `${key}` and `${key, 'default'}`.
const variables = /\$\{(?:([*?$])|([^,{}]+)(?:, *'([^']*)')?)\}/g;

// "IAM policy elements: Variables and tags": the text with every variable replaced, or undefined if one has no value.
export function fillIn(text: string, version: string | undefined, context: Context | undefined): Pattern | undefined {
  // Same page, Using variables in policies: without Version 2012-10-17 a variable is a literal string.
  if (version !== '2012-10-17') return written(text);
  const pattern: Pattern[number][] = [];
  let end = 0;
  for (const match of text.matchAll(variables)) {
    const [whole, special, key, fallback] = match;
    // Same page, Special characters: `${*}`, `${?}` and `${$}` stand for the characters themselves.
    // Same page, Specifying default values: the text in single quotes stands in for a key that has no value.
    const value = special ?? singleValue(key ?? '', context) ?? fallback;
    // Same page, Policy variables with no value: the value is effectively null, there is no equal or like value.
    if (value === undefined) return undefined;
    pattern.push(...written(text.slice(end, match.index)), ...inserted(value));
    end = match.index + whole.length;
  }
  return [...pattern, ...written(text.slice(end))];
}

// "Single-valued vs. multivalued context keys", Key points: a multivalued context key cannot be a policy variable.
function singleValue(key: string, context: Context | undefined): string | undefined {
  const values = contextValues(context, key);
  return values.length === 1 ? values[0] : undefined;
}
