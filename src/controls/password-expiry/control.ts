import { defineControl } from '../define.ts';
import { theAccount } from '../populations.ts';
import { fail, pass } from '../verdict.ts';

export const passwordExpiry = defineControl({
  id: 'password-expiry',
  version: 1,
  severity: 'low',
  title: 'Console passwords expire',
  method: 'The password policy of the account ends passwords after some days.',
  frameworks: {
    'nist-800-53-r5': ['IA-5'],
    'pci-dss-4.0.1': ['8.3.9'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetAccountPasswordPolicy'],
  thresholds: { maxAgeDays: 90 },
  over: theAccount,

  needs: (_, { facts }) => ({ policy: facts.passwordPolicy }),
  judge({ policy }, _, { thresholds }) {
    const maxAgeDays = policy?.maxAgeDays ?? null;
    if (maxAgeDays === null) return fail('passwords never expire', { maxAgeDays });
    const words = `passwords expire after ${maxAgeDays} days`;
    return maxAgeDays <= thresholds.maxAgeDays ? pass(words, { maxAgeDays }) : fail(words, { maxAgeDays });
  },
  remedy: (_, __, { maxAgeDays }) => ({
    text: 'Set it in the password policy, which the command replaces whole; with MFA for everybody a longer term may be asked for instead',
    command: `aws iam update-account-password-policy --max-password-age ${maxAgeDays}`,
  }),
});
