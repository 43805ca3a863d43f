/** Templates, styles and fonts by name; where they lie is the adapter's business. */
export interface Templates {
  /** Text of a file under `templates/`, e.g. `pages/executive.hbs`. */
  text(name: string): string;
  /** Names of the files in a folder under `templates/`, sorted. */
  names(folder: string): readonly string[];
  /** Bytes of a font file, e.g. `ibm-plex-sans-latin-400-normal.woff`. */
  font(file: string): Uint8Array;
}
