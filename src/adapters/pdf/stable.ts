/**
 * Takes out of a Chromium PDF what differs between two prints of one page: the browser's running numbers for elements, which
 * table headers carry, become 1, 2, 3 in the same order. The length stays, so that every offset in the file holds.
 */
export function stableIds(pdf: Uint8Array): Buffer {
  const text = Buffer.from(pdf).toString('latin1');
  const found = [...new Set(text.match(/(?<=\(node)\d{8}(?=\))/g))].sort();
  const numbers = new Map(found.map((id, at) => [id, String(at + 1).padStart(8, '0')]));
  const stable = text.replace(/(?<=\(node)\d{8}(?=\))/g, (id) => numbers.get(id) ?? id);
  return Buffer.from(stable, 'latin1');
}

/** The same file without its two dates: what its id is made from. */
export const withoutDates = (pdf: Buffer): string =>
  pdf.toString('latin1').replace(/\/(Creation|Mod)Date \(D:[^)]*\)/g, '');
