import { createHash } from 'node:crypto';

/** A unique id as IAM makes them: a prefix by kind, then 17 capitals and digits; here told from a text, so that it never changes. */
export const uniqueId = (prefix: string, text: string): string =>
  prefix +
  BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
    .toString(36)
    .toUpperCase()
    .slice(-17);
