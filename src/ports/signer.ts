/** Signs seals: ECDSA P-256 over SHA-256, DER with low S (design §5). */
export interface Signer {
  /** The public key as SPKI PEM, exactly as it will be stored beside the signature. */
  publicKeyPem(): Promise<string>;
  /** Signature of a 32-byte SHA-256 digest. */
  sign(digest: Uint8Array): Promise<Uint8Array>;
}
