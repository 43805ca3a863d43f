/** Which character codes stand for "any run" and "any one" in a pattern. */
export interface Wildcards {
  readonly any: number;
  readonly one: number;
}

/** `*` and `?`, as people write them. */
export const written: Wildcards = { any: 0x2a, one: 0x3f };
/** Codes of the private use area, for patterns whose policy variables were filled in: a `*` that came from a value is only a `*`. */
export const filled: Wildcards = { any: 0xe000, one: 0xe001 };

/** Whether `text[from..to)` matches `pattern[start..end)`. Case-sensitive; backtracks to the last `*` only, so it is never exponential. */
export function matchesRange(
  pattern: string,
  start: number,
  end: number,
  text: string,
  from: number,
  to: number,
  { any, one }: Wildcards,
): boolean {
  let p = start;
  let t = from;
  let star = -1;
  let resume = 0;
  while (t < to) {
    const code = p < end ? pattern.charCodeAt(p) : -1;
    if (code === any) {
      star = p++;
      resume = t;
    } else if (code === one || code === text.charCodeAt(t)) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (p < end && pattern.charCodeAt(p) === any) p++;
  return p === end;
}

/** Whether a whole text matches a whole pattern. */
export function matchesWildcard(pattern: string, text: string, wildcards: Wildcards = written): boolean {
  return matchesRange(pattern, 0, pattern.length, text, 0, text.length, wildcards);
}

const lower = (code: number): number => (code >= 0x41 && code <= 0x5a ? code + 0x20 : code);

/**
 * Whether an action matches a pattern of an `Action` or `NotAction` element. Neither the prefix nor the name of an action is
 * case-sensitive (IAM user guide, "IAM JSON policy elements: Action"). `action` comes in lower case.
 */
export function matchesAction(pattern: string, action: string): boolean {
  const end = pattern.length;
  const to = action.length;
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < to) {
    const code = p < end ? lower(pattern.charCodeAt(p)) : -1;
    if (code === written.any) {
      star = p++;
      resume = t;
    } else if (code === written.one || code === action.charCodeAt(t)) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (p < end && pattern.charCodeAt(p) === written.any) p++;
  return p === end;
}
