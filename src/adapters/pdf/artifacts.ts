import { type PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { contentOf } from './content.ts';

// Chromium tags text and pictures, but leaves some frames, rules and generated marks outside of any tag. PDF/UA wants every
// painted thing to be tagged or an artifact (ISO 14289-1, 7.1).

const opens = /\b(BDC|BMC)\s*$/;
const tags = /\/MCID |^\/Artifact/; // other marks (`/Span` with an ActualText) say nothing about tagging
const closes = /^EMC\b/;
const paints = /(^|\s)(f\*?|F|S|s|B\*?|b\*?|Do|sh|Tj|TJ)\s*$/m;

/** Marks what is painted outside of every tag as an artifact. */
export function markArtifacts(document: PDFDocument): void {
  for (const page of document.getPages()) {
    const stream = document.context.flateStream(Buffer.from(withArtifacts(contentOf(page)), 'latin1'));
    page.node.set(PDFName.of('Contents'), document.context.register(stream));
  }
}

/** The same operators, the untagged painting ones wrapped. Chromium writes one operator a line. */
export function withArtifacts(content: string): string {
  const out: string[] = [];
  let outside: string[] = [];
  const marks: boolean[] = []; // open marks, the innermost last: whether each one is a tag
  const flush = (): void => {
    out.push(...(paints.test(outside.join('\n')) ? ['/Artifact BMC', ...outside, 'EMC'] : outside));
    outside = [];
  };
  for (const line of content.split('\n')) {
    const before = marks.includes(true);
    if (opens.test(line)) marks.push(tags.test(line));
    const tagged = marks.includes(true);
    if (tagged && !before) flush();
    (tagged ? out : outside).push(line);
    if (closes.test(line)) marks.pop();
  }
  flush();
  return out.join('\n');
}
