/** A status as every page shows it: a word, a shape (`#s-<shape>` in the layout) and a tone. Colour never stands alone. */
export interface StatusView {
  readonly tone: 'pass' | 'fail' | 'unknown' | 'none';
  readonly word: string;
}

export const passes = (word: string): StatusView => ({ tone: 'pass', word });
export const fails = (word: string): StatusView => ({ tone: 'fail', word });
export const unknownStatus = (word: string): StatusView => ({ tone: 'unknown', word });
export const noStatus = (word: string): StatusView => ({ tone: 'none', word });
