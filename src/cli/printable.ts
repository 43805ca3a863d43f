/** A name that a stranger may have chosen, for a terminal: control and other unprintable characters are shown, not obeyed. */
export const printable = (text: string): string =>
  text.replace(/\p{C}/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
