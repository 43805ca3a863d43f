import { defineControl } from '../define.ts';
import { theAccount } from '../populations.ts';
import { defaultPasswordPolicy } from '../readings.ts';
import { fail, pass } from '../verdict.ts';

export const passwordLength = defineControl({
  id: 'password-length',
  version: 1,
  severity: 'medium',
  title: 'Console passwords of IAM users are long',
  method: 'The password policy of the account; without one AWS asks for 8 characters.',
  frameworks: {
    'cis-aws-7.0.0': ['2.8'],
    'cis-aws-5.0.0': ['1.7'],
    'cis-aws-3.0.0': ['1.8'],
    'nist-800-53-r5': ['IA-5'],
    'pci-dss-4.0.1': ['8.3.6'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetAccountPasswordPolicy'],
  thresholds: { minimumLength: 14 },
  over: theAccount,
  needs: (_, { facts }) => ({ policy: facts.passwordPolicy }),
  judge({ policy }, _, { thresholds }) {
    // Where the answer names no length AWS's least holds.
    const minimumLength = policy?.minimumLength ?? defaultPasswordPolicy.minimumLength ?? 0;
    const words = `a password needs ${minimumLength} characters${policy === null ? ': the account has no password policy' : ''}`;
    return minimumLength >= thresholds.minimumLength ? pass(words, { minimumLength }) : fail(words, { minimumLength });
  },
  remedy: (_, __, { minimumLength }) => ({
    text: 'Set a password policy; the command replaces the whole policy, so name every option you want to keep',
    command: `aws iam update-account-password-policy --minimum-password-length ${minimumLength}`,
  }),
});
