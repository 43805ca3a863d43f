import { inflateSync } from 'node:zlib';
import { PDFDict, type PDFDocument, PDFName, type PDFObject, type PDFPage, PDFRawStream } from '@cantoo/pdf-lib';
import { contentOf } from '../../../src/adapters/pdf/content.ts';

// A small text extraction, so that "text can be extracted" is tested without a PDF viewer: ToUnicode maps and text operators.

export const textOfPdf = (document: PDFDocument): string[] => document.getPages().map(textOfPage);

function textOfPage(page: PDFPage): string {
  const fonts = fontsOf(page);
  let map = new Map<number, string>();
  const words: string[] = [];
  for (const [, font, shown] of contentOf(page).matchAll(/\/(\S+) [\d.]+ Tf|(\[[^\]]*\]\s*TJ|<[0-9A-Fa-f]*>\s*Tj)/g)) {
    if (font !== undefined) map = fonts.get(font) ?? new Map();
    else words.push(decode(shown ?? '', map));
  }
  return words.join('');
}

const decode = (shown: string, map: ReadonlyMap<number, string>): string =>
  [...shown.matchAll(/<([0-9A-Fa-f]*)>/g)]
    .map(([, hex = '']) => (hex.match(/.{4}/g) ?? []).map((code) => map.get(Number.parseInt(code, 16)) ?? '').join(''))
    .join('');

function fontsOf(page: PDFPage): Map<string, Map<number, string>> {
  const fonts = page.node.Resources()?.lookupMaybe(PDFName.of('Font'), PDFDict);
  return new Map(
    (fonts?.keys() ?? []).map((key) => [
      key.decodeText(),
      unicodeOf(fonts?.lookup(key, PDFDict).lookup(PDFName.of('ToUnicode'))),
    ]),
  );
}

function unicodeOf(stream: PDFObject | undefined): Map<number, string> {
  const map = new Map<number, string>();
  if (!(stream instanceof PDFRawStream)) return map;
  const packed = stream.dict.lookup(PDFName.of('Filter')) === PDFName.of('FlateDecode');
  const text = Buffer.from(packed ? inflateSync(stream.contents) : stream.contents).toString('latin1');
  const code = (hex: string | undefined): number => Number.parseInt(hex ?? '', 16);
  for (const [block] of text.matchAll(/beginbfchar[\s\S]*?endbfchar/g))
    for (const [, from, to] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      map.set(code(from), (to?.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(code(unit))).join('')); // a ligature is several letters
  for (const [block] of text.matchAll(/beginbfrange[\s\S]*?endbfrange/g))
    for (const [, from, to, first] of block.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let at = code(from); at <= code(to); at += 1)
        map.set(at, String.fromCodePoint(code(first) + at - code(from)));
  return map;
}
