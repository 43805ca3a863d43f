import type { CredentialReportRow } from '../../../src/domain/facts.ts';
import { reportRow } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { report, summary } from '../parts.ts';

const root = (more: Partial<CredentialReportRow>) => ({
  credentialReport: report({}, reportRow('<root_account>', more)),
});
const noEntry = summary({ rootMfa: null });

export const cases: readonly Case[] = [
  { name: 'a device', facts: { summary: summary({ rootMfa: true }) }, expected: ['pass'] },
  { name: 'no device', facts: { summary: summary({ rootMfa: false }) }, expected: ['fail'] },
  {
    name: 'no password, as central root access leaves it',
    facts: { summary: summary({ rootMfa: false, rootPassword: false }) },
    expected: ['not-applicable'],
  },
  {
    name: 'no device, and nobody says whether there is a password',
    facts: { summary: summary({ rootMfa: false, rootPassword: null }) },
    expected: ['fail'],
  },
  { name: 'an answer without the entry', facts: { summary: summary({ rootMfa: null }) }, expected: ['not-measured'] },
  { name: 'the report alone: a device', facts: { summary: noEntry, ...root({ mfaActive: true }) }, expected: ['pass'] },
  {
    name: 'the report alone: a password without a device',
    facts: { summary: noEntry, ...root({ passwordEnabled: true, mfaActive: false }) },
    expected: ['fail'],
  },
  {
    name: 'the report alone: no device, and no word on the password',
    facts: { summary: noEntry, ...root({ mfaActive: false }) },
    expected: ['not-measured'],
  },
];
