import fontkit from '@cantoo/fontkit';
import { type PDFDocument, type PDFFont, PDFName, PDFOperator, PDFOperatorNames, rgb } from '@cantoo/pdf-lib';
import type { EmbeddedFont } from './fonts.ts';

const size = 7.5;
const margin = 45;
const baseline = 26;
const ink = rgb(0.28, 0.3, 0.34);

/** Writes footer and page numbers as artifacts: Chromium's own would stand in the reading order and break PDF/UA. */
export async function stampFooter(
  document: PDFDocument,
  footer: string,
  fonts: readonly EmbeddedFont[],
): Promise<void> {
  const [first] = fonts;
  if (first === undefined) return; // without a font of its own the page has no face to set it in
  document.registerFontkit(fontkit);
  const font = await document.embedFont(Buffer.from(first.base64, 'base64'), {
    subset: true,
    customName: 'AssayFooter',
  });
  const pages = document.getPages();
  pages.forEach((page, at) => {
    const number = `Page ${at + 1} of ${pages.length}`;
    const right = page.getWidth() - margin - font.widthOfTextAtSize(number, size);
    page.pushOperators(PDFOperator.of(PDFOperatorNames.BeginMarkedContent, [PDFName.of('Artifact')]));
    page.drawText(fitting(footer, font, right - margin * 2), { x: margin, y: baseline, size, font, color: ink });
    page.drawText(number, { x: right, y: baseline, size, font, color: ink });
    page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
  });
}

function fitting(text: string, font: PDFFont, width: number): string {
  let shown = text;
  while (shown.length > 1 && font.widthOfTextAtSize(shown, size) > width) shown = `${shown.slice(0, -2)}…`;
  return shown;
}
