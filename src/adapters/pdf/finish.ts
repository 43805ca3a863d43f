import { createHash } from 'node:crypto';
import { PDFArray, PDFDict, PDFDocument, PDFHexString, PDFName, type PDFPage, PDFString } from '@cantoo/pdf-lib';
import type { PdfMeta } from '../../ports/pdf-printer.ts';
import { markArtifacts } from './artifacts.ts';
import { requireText } from './content.ts';
import type { EmbeddedFont } from './fonts.ts';
import { stampFooter } from './footer.ts';
import { stableIds, withoutDates } from './stable.ts';
import { standardStructure } from './structure.ts';
import { xmpOf } from './xmp.ts';

const author = 'Assay';
const language = 'en';

/** Turns Chromium's PDF into ours: footer, title, language, dates, links, and an id from the content: equal input, equal bytes. */
export async function finish(printed: Uint8Array, meta: PdfMeta, fonts: readonly EmbeddedFont[]): Promise<Uint8Array> {
  const raw = stableIds(printed);
  const document = await PDFDocument.load(raw, { updateMetadata: false });
  requireText(document);
  markArtifacts(document);
  standardStructure(document);
  await stampFooter(document, meta.footer, fonts);
  describe(document, meta);
  for (const page of document.getPages()) describeLinks(page);
  setId(document, raw, meta);
  return document.save({ useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false });
}

function describe(document: PDFDocument, { title, at }: PdfMeta): void {
  const date = new Date(at);
  document.setTitle(title, { showInWindowTitleBar: true });
  document.setAuthor(author);
  document.setCreator(author);
  document.setProducer(author);
  document.setLanguage(language);
  document.setCreationDate(date);
  document.setModificationDate(date);
  const { context, catalog } = document;
  const stream = context.stream(new TextEncoder().encode(xmpOf({ title, author, language, at })), {
    Type: 'Metadata',
    Subtype: 'XML',
  });
  catalog.set(PDFName.of('Metadata'), context.register(stream));
}

/** PDF/UA asks every link for a text; Chromium writes none. */
function describeLinks(page: PDFPage): void {
  const annotations = page.node.Annots();
  if (!(annotations instanceof PDFArray)) return;
  for (let at = 0; at < annotations.size(); at += 1) {
    const annotation = annotations.lookup(at, PDFDict);
    const isLink = annotation.get(PDFName.of('Subtype')) === PDFName.of('Link');
    if (!isLink || annotation.has(PDFName.of('Contents'))) continue;
    const uri = annotation
      .lookupMaybe(PDFName.of('A'), PDFDict)
      ?.lookupMaybe(PDFName.of('URI'), PDFString, PDFHexString);
    annotation.set(
      PDFName.of('Contents'),
      PDFHexString.fromText(uri === undefined ? 'Link within this report' : `Link to ${uri.decodeText()}`),
    );
  }
}

/** An id from the content, in place of a random one. */
function setId(document: PDFDocument, raw: Buffer, { at }: PdfMeta): void {
  const digest = createHash('sha256').update(withoutDates(raw), 'latin1').update(at).digest('hex').slice(0, 32);
  const id = PDFHexString.of(digest);
  document.context.trailerInfo.ID = document.context.obj([id, id]);
}
