/** What a document says of itself in its metadata. */
export interface PdfMeta {
  readonly title: string;
  /** ISO moment written as creation date: the night's clock, so that equal input gives equal bytes. */
  readonly at: string;
  /** Text at the foot of each page, before "page x of y". */
  readonly footer: string;
}

/** Turns finished HTML into a tagged, deterministic PDF. */
export interface PdfPrinter {
  print(html: string, meta: PdfMeta): Promise<Uint8Array>;
  /** Ends the browser. */
  close(): Promise<void>;
}

/** No browser to print with: the PDF is a stated gap, never a crash. */
export class PdfUnavailable extends Error {
  override readonly name = 'PdfUnavailable';
}
