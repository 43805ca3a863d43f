/** What is wrong with an archive. */
export type FaultCode =
  | 'CHAIN_BROKEN'
  | 'DIGEST_MISMATCH'
  | 'FILE_MISSING'
  | 'FILE_NOT_SEALED'
  | 'FOREIGN_FILE'
  | 'HEAD_MISMATCH'
  | 'KEY_MALFORMED'
  | 'KEY_MISMATCH'
  | 'KEY_NOT_CANONICAL'
  | 'KEY_NOT_PINNED_MATCH'
  | 'RUN_SEALED_TWICE'
  | 'SEAL_MALFORMED'
  | 'SEAL_MISSING'
  | 'SEAL_NOT_CANONICAL'
  | 'SIGNATURE_INVALID'
  | 'SIGNATURE_NOT_CANONICAL'
  | 'SUMMARY_MISMATCH'
  | 'SUMS_MALFORMED'
  | 'UNREADABLE';

/** One thing wrong with one file. `file` is its key as found: a stranger may have chosen it, so escape it where it is printed. */
export interface Fault {
  readonly code: FaultCode;
  readonly file: string;
  readonly problem: string;
}

/** Something a reader should know that is no fault. */
export interface Note {
  readonly code: 'HEAD_NOT_NEWEST' | 'HEAD_NOT_PINNED' | 'KEY_NOT_PINNED' | 'RUN_UNSEALED';
  /** The file or folder it is about; null for the whole archive. */
  readonly file: string | null;
  readonly problem: string;
}

/** Names one thing wrong with one file. */
export function fault(code: FaultCode, file: string, problem: string): Fault {
  return { code, file, problem };
}
