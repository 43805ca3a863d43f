export type EvidenceErrorCode =
  | 'CHAIN_BROKEN'
  | 'DIGEST_MISMATCH'
  | 'KEY_MISMATCH'
  | 'KEY_NOT_CANONICAL'
  | 'NOT_CANONICAL'
  | 'SEAL_CONFLICT'
  | 'SEAL_MALFORMED'
  | 'SIGNATURE_INVALID'
  | 'STAGED_SEAL_MISSING'
  | 'SUMMARY_MISMATCH'
  | 'SUMS_MALFORMED'
  | 'UNREADABLE';

/** Evidence that cannot be sealed or read; nothing was committed unless the code is about a seal that exists. */
export class EvidenceError extends Error {
  readonly code: EvidenceErrorCode;
  constructor(code: EvidenceErrorCode, message: string) {
    super(message);
    this.name = 'EvidenceError';
    this.code = code;
  }
}
