// Text of a policy that may hold wildcards. A character put in by a variable is never a wildcard.

export type Character = { readonly char: string; readonly inserted: boolean };
export type Pattern = readonly Character[];

export const written = (text: string): Pattern => [...text].map((char) => ({ char, inserted: false }));
export const inserted = (text: string): Pattern => [...text].map((char) => ({ char, inserted: true }));
export const textOf = (pattern: Pattern): string => pattern.map(({ char }) => char).join('');

// "Condition operators", String condition operators: `*` is any run of characters and `?` any one, anywhere in the
// string.
export function matchesLike(pattern: Pattern, value: string): boolean {
  const source = pattern.map((character) => {
    if (isStar(character)) return '.*';
    return isQuestionMark(character) ? '.' : quoted(character.char);
  });
  return matches(source, value);
}

// "IAM JSON policy elements: Action": the prefix and the action name are case-insensitive; `*` and `?` are wildcards.
export function matchesAction(pattern: string, action: string): boolean {
  return matchesLike(written(pattern.toLowerCase()), action.toLowerCase());
}

// "IAM JSON policy elements: Resource", Using wildcards in resource ARNs: wildcards work within the colon-separated
// segments, and a `*` that ends a segment may expand beyond the colon. The sixth segment, the resource, may itself hold
// colons.
export function matchesArn(pattern: Pattern, value: string): boolean {
  let colons = 0;
  const source = pattern.map((character, index) => {
    if (character.char === ':') colons += 1;
    const inResourcePart = colons >= 5;
    const next = pattern[index + 1];
    const endsSegment = next === undefined || next.char === ':';
    if (isStar(character)) return inResourcePart || endsSegment ? '.*' : '[^:]*';
    if (isQuestionMark(character)) return inResourcePart ? '.' : '[^:]';
    return quoted(character.char);
  });
  return matches(source, value);
}

const isStar = ({ char, inserted }: Character) => char === '*' && !inserted;
const isQuestionMark = ({ char, inserted }: Character) => char === '?' && !inserted;
const quoted = (char: string) => char.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
const matches = (source: readonly string[], value: string) => new RegExp(`^${source.join('')}$`, 'su').test(value);
