import type { Context } from './context.ts';
import { filled, written } from './wildcard.ts';

/** `${*}`, `${?}` and `${$}` stand for the characters themselves (IAM user guide, "Variables and tags: special characters"). */
const special = new Set(['*', '?', '$']);

/** Whether a text holds a policy variable; only documents of version 2012-10-17 know them. */
export const hasVariable = (text: string): boolean => text.includes('${');

/**
 * Fills the policy variables of a text. Values are inserted as they are, never as wildcards; the text's own wildcards become the
 * `filled` codes when `wild`. Undefined where a variable has neither a value nor a default: such a text matches nothing.
 */
export function fillVariables(text: string, context: Context, wild: boolean): string | undefined {
  let out = '';
  let at = 0;
  for (;;) {
    const start = text.indexOf('${', at);
    const end = start < 0 ? -1 : text.indexOf('}', start + 2);
    if (end < 0) return out + own(text.slice(at), wild);
    const value = filling(text.slice(start + 2, end), context);
    if (value === undefined) return undefined;
    out += own(text.slice(at, start), wild) + value;
    at = end + 1;
  }
}

function own(text: string, wild: boolean): string {
  if (!wild) return text;
  return text
    .replaceAll(String.fromCharCode(written.any), String.fromCharCode(filled.any))
    .replaceAll(String.fromCharCode(written.one), String.fromCharCode(filled.one));
}

function filling(body: string, context: Context): string | undefined {
  if (special.has(body)) return body;
  const { key, fallback } = variableIn(body);
  return context.single(key) ?? fallback;
}

/** `key` or `key, 'default'`: the key in lower case, the default without its quotes. */
export function variableIn(body: string): { readonly key: string; readonly fallback: string | undefined } {
  const comma = body.indexOf(',');
  if (comma < 0) return { key: body.trim().toLowerCase(), fallback: undefined };
  const fallback = body.slice(comma + 1).trim();
  const quoted = fallback.length >= 2 && fallback.startsWith("'") && fallback.endsWith("'");
  return { key: body.slice(0, comma).trim().toLowerCase(), fallback: quoted ? fallback.slice(1, -1) : fallback };
}
