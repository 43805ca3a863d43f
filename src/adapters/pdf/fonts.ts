/** A font as the page carries it. */
export interface EmbeddedFont {
  readonly family: string;
  readonly weight: string;
  readonly base64: string;
}

const face = /@font-face\s*\{[^}]*\}/g;
const field = (rule: string, pattern: RegExp): string => pattern.exec(rule)?.[1] ?? '';

/**
 * Takes the embedded fonts out of a page. In a fresh browser the first load of a `data:` font fails in a third of the runs,
 * without an error; handed over as bytes they always load.
 */
export function takeFonts(html: string): { readonly html: string; readonly fonts: readonly EmbeddedFont[] } {
  const rules = html.match(face) ?? [];
  const fonts = rules.map((rule) => ({
    family: field(rule, /font-family:\s*"([^"]+)"/),
    weight: field(rule, /font-weight:\s*(\d+)/) || '400',
    base64: field(rule, /;base64,([A-Za-z0-9+/=]+)/),
  }));
  return { html: html.replace(face, ''), fonts: fonts.filter(({ family, base64 }) => family !== '' && base64 !== '') };
}
