// JSON.parse says that a text is no JSON, but not always where. This finds the place; it runs only after a failure.

const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const blank = /[ \t\n\r]*/y;

type Wanted = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'next';

/** Offset of the first character that cannot continue the JSON text; its length where it ends too early. */
export function faultIn(text: string): number {
  const closers: string[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    at = endOf(blank, text, at) ?? at;
    const char = text[at];
    if (char === undefined) return text.length;
    if (char === closers.at(-1) && wanted !== 'value' && wanted !== 'key' && wanted !== 'colon') {
      closers.pop();
      wanted = 'next';
      at++;
    } else if (wanted === 'next' || wanted === 'colon') {
      if (wanted === 'colon' ? char !== ':' : char !== ',' || closers.length === 0) return at;
      wanted = wanted === 'next' && closers.at(-1) === '}' ? 'key' : 'value';
      at++;
    } else if (char === '"') {
      const end = endOfString(text, at);
      if (end.fault) return end.at;
      wanted = wanted.startsWith('key') ? 'colon' : 'next';
      at = end.at;
    } else if (wanted.startsWith('key')) {
      return at;
    } else if (char === '{' || char === '[') {
      closers.push(char === '{' ? '}' : ']');
      wanted = char === '{' ? 'key or end' : 'value or end';
      at++;
    } else {
      const end = endOf(scalar, text, at);
      if (end === undefined) return at;
      wanted = 'next';
      at = end;
    }
  }
}

function endOf(token: RegExp, text: string, at: number): number | undefined {
  token.lastIndex = at;
  return token.test(text) ? token.lastIndex : undefined;
}

const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Where a string ends (after its quote), or the character that may not be in it. */
function endOfString(text: string, start: number): { readonly at: number; readonly fault: boolean } {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return { at: at + 1, fault: false };
    if (code < 0x20) return { at, fault: true };
    if (code === 0x5c) {
      const end = endOf(escaped, text, at);
      if (end === undefined) return { at, fault: true };
      at = end - 1;
    }
  }
  return { at: text.length, fault: true };
}
