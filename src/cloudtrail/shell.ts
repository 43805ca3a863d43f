/** A word of a command, as a POSIX shell takes it literally. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** JSON as one word of a command. */
export const quotedJson = (value: unknown): string => quoted(JSON.stringify(value));

/** An AWS CLI command of its words. */
export const aws = (...words: readonly string[]): string => ['aws', ...words.map(quoted)].join(' ');
