const plain = /^[\w+=,.@/:-]+$/;

/** A word of a command line as a POSIX shell takes it, whatever is in it. */
export const word = (text: string): string => (plain.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
