import { createHash, createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { Signer } from '../../ports/signer.ts';

/** Signs with an asymmetric KMS key (ECC_NIST_P256, SIGN_VERIFY); the private key never leaves KMS. Needs kms:Sign and kms:GetPublicKey. */
export function kmsSigner(client: KMSClient, keyId: string): Signer {
  return {
    async publicKeyPem() {
      const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
      const key = createPublicKey({ key: Buffer.from(answered(PublicKey)), format: 'der', type: 'spki' });
      return key.export({ type: 'spki', format: 'pem' }).toString();
    },
    async sign(message) {
      const { Signature } = await client.send(
        new SignCommand({
          KeyId: keyId,
          Message: createHash('sha256').update(message).digest(),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      );
      return answered(Signature);
    },
  };
}

function answered(bytes: Uint8Array | undefined): Uint8Array {
  if (bytes === undefined) throw new TypeError('the answer of KMS holds no bytes');
  return bytes;
}
