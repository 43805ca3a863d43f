import { devices, usersWith } from '../parts.ts';

const ann = usersWith({ ann: { passwordEnabled: true } });

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  {
    name: 'a security key',
    facts: { ...ann, mfa: devices({ ann: ['arn:aws:iam::111111111111:u2f/user/ann/key'] }) },
    expected: ['pass'],
  },
  {
    name: 'a virtual device',
    facts: { ...ann, mfa: devices({ ann: ['arn:aws:iam::111111111111:mfa/ann'] }) },
    expected: ['fail'],
  },
  { name: 'a token', facts: { ...ann, mfa: devices({ ann: ['GAHT12345678'] }) }, expected: ['pass'] },
  { name: 'none', facts: { ...ann, mfa: devices({ ann: [] }) }, expected: ['fail'] },
  { name: 'no password', facts: usersWith({ ann: {} }), expected: ['not-applicable'] },
];
