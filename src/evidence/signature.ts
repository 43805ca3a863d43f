import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { attempt, equal } from './canonical.ts';

/** Order of the P-256 group. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

interface Pair {
  readonly r: bigint;
  readonly s: bigint;
}

/** The one strict form of a signature (DER, low s), or undefined where the bytes are no P-256 signature at all. */
export function canonicalSignature(bytes: Uint8Array): Uint8Array | undefined {
  const pair = decode(bytes);
  if (pair === undefined) return undefined;
  return encode({ r: pair.r, s: pair.s > order / 2n ? order - pair.s : pair.s });
}

/** Whether the signature (in whatever form) is of these bytes by this key. */
export function isSignedBy(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  return verify('sha256', bytes, { key, dsaEncoding: 'der' }, signature);
}

/** A P-256 public key, or undefined for anything else. */
export function readPublicKey(pem: Uint8Array): KeyObject | undefined {
  const key = attempt(() => createPublicKey(Buffer.from(pem)));
  return key?.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
}

/** The one PEM of a key: SPKI, as OpenSSL writes it. */
export function exportPem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

/** Whether the text is exactly what this key exports, no byte more. */
export function isExportOf(key: KeyObject, pem: Uint8Array): boolean {
  return equal(Buffer.from(exportPem(key)), pem);
}

/** Reads SEQUENCE { INTEGER r, INTEGER s } loosely; what it overlooks, encoding again brings to light. */
function decode(bytes: Uint8Array): Pair | undefined {
  const first = integerAt(bytes, 2);
  const second = integerAt(bytes, first.end);
  const inRange = [first.value, second.value].every((it) => it > 0n && it < order);
  return inRange ? { r: first.value, s: second.value } : undefined;
}

function integerAt(bytes: Uint8Array, at: number): { readonly value: bigint; readonly end: number } {
  const end = at + 2 + (bytes[at + 1] ?? 0);
  return { value: BigInt(`0x0${Buffer.from(bytes.subarray(at + 2, end)).toString('hex')}`), end };
}

function encode({ r, s }: Pair): Uint8Array {
  const body = Buffer.concat([integer(r), integer(s)]);
  return Buffer.concat([Buffer.from([0x30, body.length]), body]);
}

function integer(value: bigint): Buffer {
  const digits = value.toString(16);
  const hex = digits.length % 2 === 0 ? digits : `0${digits}`;
  const bytes = Buffer.from(hex >= '8' ? `00${hex}` : hex, 'hex'); // a leading bit would make it negative
  return Buffer.concat([Buffer.from([0x02, bytes.length]), bytes]);
}
