/** Signs seals: ECDSA P-256 over SHA-256, DER. Which of the two possible s it gives does not matter: sealing writes the low one. */
export interface Signer {
  /** The public key as SPKI PEM, exactly as it will be stored beside the signature. */
  publicKeyPem(): Promise<string>;
  /** Signature of a message, which the signer hashes itself. */
  sign(message: Uint8Array): Promise<Uint8Array>;
}
