import { inflateSync } from 'node:zlib';
import { PDFArray, type PDFDocument, PDFName, type PDFObject, type PDFPage, PDFRawStream } from '@cantoo/pdf-lib';

/** A printed page without a single line of text. */
export class BlankPdfError extends Error {
  override readonly name = 'BlankPdfError';
}

/** Refuses a PDF with an empty page: a font that did not load prints blank, without any error. */
export function requireText(document: PDFDocument): void {
  document.getPages().forEach((page, at) => {
    if (!/\b(Tj|TJ)\b/.test(contentOf(page)))
      throw new BlankPdfError(`page ${at + 1} was printed without text: its fonts did not load`);
  });
}

/** The operators of a page, unpacked. */
export function contentOf(page: PDFPage): string {
  const contents: PDFObject | undefined = page.node.Contents();
  const streams =
    contents instanceof PDFArray ? contents.asArray().map((it) => page.doc.context.lookup(it)) : [contents];
  return streams.map((stream) => (stream instanceof PDFRawStream ? unpack(stream) : '')).join('\n');
}

function unpack(stream: PDFRawStream): string {
  const packed = stream.dict.lookup(PDFName.of('Filter')) === PDFName.of('FlateDecode');
  return Buffer.from(packed ? inflateSync(stream.contents) : stream.contents).toString('latin1');
}
