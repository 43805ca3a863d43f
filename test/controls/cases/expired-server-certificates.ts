import { read } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { after, before, certificate } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'none', expected: ['not-applicable'] },
  {
    name: 'valid, and expired',
    facts: { serverCertificates: read([certificate('a', after(1)), certificate('b', before(1))]) },
    expected: ['pass', 'fail'],
  },
  { name: 'without a date', facts: { serverCertificates: read([certificate('a', null)]) }, expected: ['not-measured'] },
];
