import type { CredentialReportRow } from '../../../src/domain/facts.ts';
import { reportRow } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { report, summary } from '../parts.ts';

const root = (more: Partial<CredentialReportRow>) => ({
  credentialReport: report({}, reportRow('<root_account>', more)),
});
const noEntry = summary({ rootAccessKeys: null });

export const cases: readonly Case[] = [
  { name: 'none', facts: { summary: summary({ rootAccessKeys: false }) }, expected: ['pass'] },
  { name: 'some', facts: { summary: summary({ rootAccessKeys: true }) }, expected: ['fail'] },
  {
    name: 'an answer without the entry',
    facts: { summary: summary({ rootAccessKeys: null }) },
    expected: ['not-measured'],
  },
  {
    name: 'the report alone: an active key',
    facts: { summary: noEntry, ...root({ accessKeys: [{ active: true, lastUsed: null, rotated: null }] }) },
    expected: ['fail'],
  },
  {
    name: 'the report alone: no active key, which leaves inactive ones',
    facts: { summary: noEntry, ...root({}) },
    expected: ['not-measured'],
  },
];
