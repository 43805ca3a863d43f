import { account, denied, deny, fullAccess, organizationWith, read, scp } from '../../support/facts.ts';
import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  {
    name: 'one at the root',
    rows: { shared: organizationWith({ scps: read([fullAccess, scp('deny', [deny('*')])]) }) },
    expected: ['pass'],
  },
  {
    name: "AWS's own alone",
    rows: { shared: organizationWith({ scps: read([{ ...fullAccess, id: 'p-FullAWSAccess' }]), rcps: read([]) }) },
    expected: ['fail'],
  },
  {
    name: 'on another branch',
    rows: {
      shared: organizationWith({ scps: read([scp('deny', [deny('*')], { targets: read(['ou-9']) })]), rcps: read([]) }),
    },
    expected: ['fail'],
  },
  {
    name: 'targets not read',
    rows: { shared: organizationWith({ scps: read([scp('deny', [deny('*')], { targets: denied })]), rcps: read([]) }) },
    expected: ['not-measured'],
  },
  {
    name: 'resource policies not read',
    rows: { shared: organizationWith({ scps: read([]), rcps: denied }) },
    expected: ['not-measured'],
  },
  {
    name: 'the management account',
    rows: { shared: organizationWith({ managementAccount: read(account) }) },
    expected: ['not-applicable'],
  },
  { name: 'no organisation', expected: ['not-applicable'] },
];
