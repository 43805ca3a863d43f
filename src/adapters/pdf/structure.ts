import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef } from '@cantoo/pdf-lib';

const type = PDFName.of('S');
const kids = PDFName.of('K');
const parent = PDFName.of('P');

/** Structure types of Chromium that PDF 1.7 does not know, and the standard ones they stand for. */
const roles = { Em: 'Span', Strong: 'Span' } as const;

/** Brings Chromium's structure tree to what PDF/UA-1 asks: known types only, and list items with a body. */
export function standardStructure(document: PDFDocument): void {
  const root = document.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  if (root === undefined) throw new Error('the PDF was printed without tags');
  root.set(PDFName.of('RoleMap'), document.context.obj(roles));
  for (const [ref, object] of document.context.enumerateIndirectObjects()) {
    if (object instanceof PDFDict && object.get(type) === PDFName.of('LI')) giveBody(document, ref, object);
  }
}

/** Wraps all that is not the label of a list item into one `LBody`. */
function giveBody(document: PDFDocument, ref: PDFRef, item: PDFDict): void {
  const { context } = document;
  const content = item.get(kids);
  const list = context.lookup(content);
  const children = list instanceof PDFArray ? list.asArray() : content === undefined ? [] : [content];
  const elementOf = (child: PDFObject): PDFDict | undefined => {
    const element = context.lookup(child);
    return child instanceof PDFRef && element instanceof PDFDict && element.has(type) ? element : undefined;
  };
  const isLabel = (child: PDFObject): boolean =>
    ['Lbl', 'LBody'].includes(elementOf(child)?.lookup(type, PDFName).decodeText() ?? '');
  const body = children.filter((child) => !isLabel(child));
  // INVARIANT: the parent tree names the element of every piece of content, so only whole elements may move
  if (body.length === 0 || !body.every((child) => elementOf(child) !== undefined)) return;
  const wrapper = context.register(context.obj({ Type: 'StructElem', S: 'LBody', P: ref, K: body }));
  for (const child of body) elementOf(child)?.set(parent, wrapper);
  item.set(kids, context.obj([...children.filter(isLabel), wrapper]));
}
