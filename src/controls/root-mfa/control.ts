import { defineControl } from '../define.ts';
import { theRootUser } from '../populations.ts';
import { summaryEntry } from '../readings.ts';
import { fail, notApplicable, pass } from '../verdict.ts';

export const rootMfa = defineControl({
  id: 'root-mfa',
  version: 1,
  severity: 'critical',
  title: 'The root user signs in with MFA',
  method:
    'The account summary says whether the root user has an MFA device. A root user without a password, as central root access leaves it, cannot sign in: not applicable.',
  frameworks: {
    'cis-aws-7.0.0': ['2.5'],
    'cis-aws-5.0.0': ['1.4'],
    'cis-aws-3.0.0': ['1.5'],
    'nist-800-53-r5': ['AC-2(1)', 'IA-2(1)', 'IA-2(2)'],
    'pci-dss-4.0.1': ['8.4.1'],
    'iso-27001-2022': ['A.8.5'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetAccountSummary'],
  over: theRootUser,
  needs: (_, { facts }) => ({ mfa: summaryEntry(facts, 'rootMfa'), summary: facts.summary }),
  judge({ mfa, summary: { rootPassword } }) {
    if (mfa) return pass('the root user has an MFA device', { rootPassword });
    if (rootPassword === false) return notApplicable('the root user has no password to sign in with', { rootPassword });
    return fail('the root user has no MFA device', { rootPassword });
  },
  remedy: () => ({
    text: 'Register a security key for the root user, or delete its password with central root access',
  }),
});
