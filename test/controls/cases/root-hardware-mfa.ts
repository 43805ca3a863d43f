import type { Case } from '../case.ts';
import { summary, virtual } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'no virtual device', facts: { summary: summary({ rootMfa: true }) }, expected: ['pass'] },
  {
    name: 'a virtual device',
    facts: { summary: summary({ rootMfa: true }), mfa: virtual('arn:aws:iam::111111111111:root') },
    expected: ['fail'],
  },
  {
    name: "a user's virtual device",
    facts: { summary: summary({ rootMfa: true }), mfa: virtual('arn:aws:iam::111111111111:user/ann') },
    expected: ['pass'],
  },
  { name: 'no device at all', facts: { summary: summary({ rootMfa: false }) }, expected: ['fail'] },
  {
    name: 'no password',
    facts: { summary: summary({ rootMfa: false, rootPassword: false }) },
    expected: ['not-applicable'],
  },
];
