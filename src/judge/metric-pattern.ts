// Filter patterns of CloudWatch Logs (user guide, "Filter pattern syntax"), as far as docs/forwarding.md says: JSON patterns with comparisons,
// IS, EXISTS, && and ||, regular expressions; and terms. Space-delimited patterns, expressions among terms and whole arrays are not judged.

import { anyValue, fieldOf } from './open-fields.ts';

/** Yes or no, or null where it cannot be judged. */
export type Match = boolean | null;
type Json = Readonly<Record<string, unknown>>;
/** A pattern, read once: whether it matches an event. */
export type Matcher = (event: Json) => Match;

const unjudged: Matcher = () => null;

/** Reads a filter pattern. What is outside the subset matches nothing that anybody could tell. */
export function metricPattern(pattern: string): Matcher {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (text.startsWith('{')) return text.endsWith('}') ? jsonPattern(text.slice(1, -1)) : unjudged;
  return text.startsWith('[') ? unjudged : termPattern(text);
}

/** All plain terms, none of those with `-`, and one of those with `?`. */
function termPattern(text: string): Matcher {
  const terms = [...text.matchAll(/([-?]?)("((?:[^"\\]|\\.)*)"|[^\s"]+)/g)].map(([, sign = '', bare = '', quoted]) => ({
    sign,
    term: quoted?.replace(/\\(.)/g, '$1') ?? bare,
  }));
  if (terms.some(({ term }) => /[%*]/.test(term))) return unjudged;
  return (event) => {
    const line = JSON.stringify(event);
    const has = ({ term }: { readonly term: string }): boolean => line.includes(term);
    const some = terms.filter(({ sign }) => sign === '?');
    return (
      terms.every((it) => (it.sign === '-' ? !has(it) : it.sign === '?' || has(it))) &&
      (some.length === 0 || some.some(has))
    );
  };
}

const token = /\s*(\(|\)|&&|\|\||!=|<=|>=|=|<|>|%[^%]*%|"(?:[^"\\]|\\.)*"|[^\s()&|!<>="]+)/y;

function tokensOf(text: string): string[] | null {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let at = 0; at < text.trimEnd().length; at = token.lastIndex) {
    const found = token.exec(text);
    if (found === null) return null;
    tokens.push(found[1] ?? '');
  }
  return tokens;
}

function jsonPattern(text: string): Matcher {
  const tokens = tokensOf(text);
  if (tokens === null) return unjudged;
  const parser = new Parser(tokens);
  const matcher = parser.either();
  return matcher !== null && parser.isDone ? matcher : unjudged;
}

/** Whether all, or any, hold, where some are not known. */
const all =
  (parts: readonly Matcher[]): Matcher =>
  (event) =>
    fold(
      parts.map((part) => part(event)),
      false,
    );
const any =
  (parts: readonly Matcher[]): Matcher =>
  (event) =>
    fold(
      parts.map((part) => part(event)),
      true,
    );
export const fold = (matches: readonly Match[], decisive: boolean): Match =>
  matches.includes(decisive) ? decisive : matches.includes(null) ? null : !decisive;

class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isDone(): boolean {
    return this.#at === this.#tokens.length;
  }

  #take(wanted: string): boolean {
    if (this.#tokens[this.#at]?.toUpperCase() !== wanted) return false;
    this.#at += 1;
    return true;
  }

  either(): Matcher | null {
    return this.#joined('||', () => this.#joined('&&', () => this.#single(), all), any);
  }

  #joined(by: string, part: () => Matcher | null, join: (parts: readonly Matcher[]) => Matcher): Matcher | null {
    const parts: Matcher[] = [];
    do {
      const one = part();
      if (one === null) return null;
      parts.push(one);
    } while (this.#take(by));
    return parts.length === 1 ? (parts[0] ?? null) : join(parts);
  }

  #single(): Matcher | null {
    if (this.#take('(')) {
      const inner = this.either();
      return this.#take(')') ? inner : null;
    }
    const selector = this.#tokens[this.#at++];
    if (selector === undefined || !selector.startsWith('$')) return null;
    const read = selectorOf(selector);
    if (read === null) return this.#skipTest() ? unjudged : null;
    if (this.#take('IS')) return this.#is(read);
    if (this.#take('NOT'))
      return this.#take('EXISTS') ? (event) => isSingle(read(event), (value) => value === undefined) : null;
    if (this.#take('EXISTS')) return (event) => isSingle(read(event), (value) => value !== undefined);
    return this.#comparison(read);
  }

  /** The rest of a test whose selector is not judged, so that what stands beside it still is. */
  #skipTest(): boolean {
    if (this.#take('EXISTS')) return true;
    if (this.#take('NOT')) return this.#take('EXISTS');
    this.#at += 2;
    return this.#at <= this.#tokens.length;
  }

  #is(read: Read): Matcher | null {
    for (const [word, wanted] of [
      ['TRUE', true],
      ['FALSE', false],
      ['NULL', null],
    ] as const)
      if (this.#take(word)) return (event) => isSingle(read(event), (value) => value === wanted);
    return null;
  }

  #expression(read: Read, operator: string, text: string): Matcher | null {
    if (operator !== '=' && operator !== '!=') return null;
    const expression = expressionOf(text);
    if (expression === null) return unjudged;
    return (event) => found(read(event), operator, expression);
  }

  #comparison(read: Read): Matcher | null {
    const operator = this.#tokens[this.#at++] ?? '';
    const written = this.#tokens[this.#at++];
    if (written === undefined || !['=', '!=', '<', '>', '<=', '>='].includes(operator)) return null;
    if (written.startsWith('%')) return this.#expression(read, operator, written.slice(1, -1));
    const wanted = written.startsWith('"') ? written.slice(1, -1).replace(/\\(.)/g, '$1') : written;
    return (event) => compared(read(event), operator, wanted);
  }
}

type Read = (event: Json) => unknown;

/** `$.userIdentity.type`, `$.resources[0].type`; null for what stands for several values. */
function selectorOf(text: string): Read | null {
  if (!/^\$(\.[\w-]+|\[\d+\]|\['[^']+'\])+$/.test(text)) return null;
  const steps = [...text.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(
    ([, name, index, quoted]) => name ?? quoted ?? index ?? '',
  );
  return (event) => steps.reduce<unknown>(fieldOf, event);
}

/** A value that is several, or any, is not judged. */
const isSingle = (value: unknown, holds: (value: unknown) => boolean): Match =>
  Array.isArray(value) || value === anyValue ? null : holds(value);

function compared(value: unknown, operator: string, wanted: string): Match {
  if (value === anyValue) return operator === '=' && !wanted.includes('*') ? false : null; // one value of many is no everyday one
  if (value === undefined) return operator === '!=' ? null : false; // AWS does not say what a missing field is unequal to
  if (value === null) return false;
  if (typeof value === 'boolean' || typeof value === 'object') return null;
  if (operator === '=' || operator === '!=') {
    const equal = wildcard(wanted).test(String(value));
    return operator === '=' ? equal : !equal;
  }
  const [a, b] = [Number(value), Number(wanted)];
  if (Number.isNaN(a) || Number.isNaN(b)) return false;
  return { '<': a < b, '>': a > b, '<=': a <= b, '>=': a >= b }[operator] ?? null;
}

/**
 * What AWS takes between two `%` (user guide, "Supported regular expressions (regex) syntax"): a subset of JavaScript's, without groups. Null
 * for anything else, and where so much may repeat that trying it could take for ever.
 */
function expressionOf(text: string): RegExp | null {
  const repeats = text.match(/[*+]|\{\d*,?\d*\}/g) ?? [];
  if (text === '' || repeats.length > 4 || !/^[\w:#=@/;,\-^$?[\]{}|\\*+.]+$/.test(text)) return null;
  try {
    return new RegExp(text, 'u');
  } catch {
    return null;
  }
}

/** An expression is looked for anywhere in a text; of anything but texts AWS does not say what it sees. */
function found(value: unknown, operator: string, expression: RegExp): Match {
  if (value === undefined) return operator === '!=' ? null : false;
  if (typeof value !== 'string') return null;
  return expression.test(value) === (operator === '=');
}

/** A text in which `*` stands for any other. */
export const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
