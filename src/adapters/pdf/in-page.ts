import type { EmbeddedFont } from './fonts.ts';

// Functions that run inside the browser's page: they may use nothing from outside themselves.

interface FontSet {
  readonly ready: Promise<unknown>;
  add(face: unknown): void;
}
declare const document: {
  readonly fonts: FontSet;
  querySelectorAll(selector: string): Iterable<{ outerHTML: string }>;
};
declare const FontFace: new (
  family: string,
  bytes: Uint8Array,
  options: { readonly weight: string },
) => { load(): Promise<unknown> };

/** Hands the fonts over as bytes and waits until they can be used. */
export async function addFonts(fonts: readonly EmbeddedFont[]): Promise<void> {
  for (const { family, weight, base64 } of fonts) {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    document.fonts.add(await new FontFace(family, bytes, { weight }).load());
  }
  await document.fonts.ready;
}

/** Paper cannot unfold: what folds on screen becomes a heading and its content. */
export function unfold(): void {
  for (const details of document.querySelectorAll('details')) {
    const open = details.outerHTML.replace(/^<details/, '<div').replace(/<\/details>$/, '</div>');
    details.outerHTML = open.replace('<summary', '<h4').replace('</summary>', '</h4>');
  }
}
