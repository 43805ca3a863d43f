/** Finished HTML. Handlebars inserts it as it is; every other value it escapes. */
export interface Markup {
  toHTML(): string;
}

export const markup = (html: string): Markup => ({ toHTML: () => html });

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for element content and quoted attributes. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');

/** A name somebody gave: isolated, so that right-to-left text does not turn its neighbours round. */
export const name = (text: string): Markup => markup(`<bdi>${escapeText(text)}</bdi>`);

/** An ARN, key or id that may break at `:` and `/`; the telling part, after the last of them, in ink. */
export function arn(text: string): Markup {
  const pieces = text.split(/(?<=[:/])/);
  const telling = pieces.pop() ?? '';
  const path = pieces.map((piece) => `${escapeText(piece)}<wbr>`).join('');
  return markup(`<bdi class="arn">${path}<b>${escapeText(telling)}</b></bdi>`);
}

/** A word quoted for a POSIX shell, so that a name can never run. */
export const shellWord = (text: string): string =>
  /^[\w+=,.@/:-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;

/** At most `length` characters, the cut shown; whole characters are kept. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
