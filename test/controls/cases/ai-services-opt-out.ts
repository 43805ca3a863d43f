import { denied, organizationWith, read } from '../../support/facts.ts';

const member = organizationWith();
const optOut = (value: string, targets: readonly string[]) => ({
  id: 'p-1',
  name: 'opt-out',
  targets: read(targets),
  document: read({ services: { default: { opt_out_policy: { '@@assign': value } } } }),
});

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  {
    name: 'at the root',
    shared: member,
    settings: { aiOptOut: read([optOut('optOut', ['r-1'])]) },
    expected: ['pass'],
  },
  {
    name: 'on an OU alone',
    shared: member,
    settings: { aiOptOut: read([optOut('optOut', ['ou-1'])]) },
    expected: ['fail'],
  },
  { name: 'opting in', shared: member, settings: { aiOptOut: read([optOut('optIn', ['r-1'])]) }, expected: ['fail'] },
  { name: 'no policy', shared: member, expected: ['fail'] },
  {
    name: 'targets refused',
    shared: member,
    settings: { aiOptOut: read([{ ...optOut('optOut', []), targets: denied }]) },
    expected: ['not-measured'],
  },
  { name: 'no organisation', expected: ['not-applicable'] },
];
