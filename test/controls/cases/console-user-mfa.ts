import { denied, read } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { devices, usersWith } from '../parts.ts';

const ann = usersWith({ ann: { passwordEnabled: true } });

export const cases: readonly Case[] = [
  { name: 'a device', facts: { ...ann, mfa: devices({ ann: ['arn:aws:iam::1:mfa/ann'] }) }, expected: ['pass'] },
  { name: 'no device', facts: { ...ann, mfa: devices({ ann: [] }) }, expected: ['fail'] },
  {
    name: 'devices refused',
    facts: { ...ann, mfa: { virtual: read([]), byUser: { ann: denied } } },
    expected: ['not-measured'],
  },
  { name: 'nobody asked for devices', facts: { ...ann, mfa: devices({}) }, expected: ['not-measured'] },
  {
    name: 'devices refused, and the report says that MFA is on',
    facts: {
      ...usersWith({ ann: { passwordEnabled: true, mfaActive: true } }),
      mfa: { virtual: read([]), byUser: { ann: denied } },
    },
    expected: ['pass'],
  },
  {
    name: 'devices refused, and the report says that it is off',
    facts: { ...usersWith({ ann: { passwordEnabled: true, mfaActive: false } }), mfa: devices({}) },
    expected: ['fail'],
  },
  {
    name: 'a device that is newer than the report',
    facts: { ...usersWith({ ann: { passwordEnabled: true, mfaActive: false } }), mfa: devices({ ann: ['key'] }) },
    expected: ['pass'],
  },
  { name: 'no password', facts: { ...usersWith({ ann: {} }), mfa: devices({}) }, expected: ['not-applicable'] },
];
