import { organizationWith, read } from '../../support/facts.ts';

const member = organizationWith();

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  {
    name: 'enabled',
    shared: member,
    settings: { rootFeatures: read(['RootCredentialsManagement']) },
    expected: ['pass'],
  },
  { name: 'sessions alone', shared: member, settings: { rootFeatures: read(['RootSessions']) }, expected: ['fail'] },
  { name: 'no organisation', expected: ['not-applicable'] },
];
