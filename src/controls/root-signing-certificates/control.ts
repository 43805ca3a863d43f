import { defineControl } from '../define.ts';
import { theRootUser } from '../populations.ts';
import { summaryEntry } from '../readings.ts';
import { fail, pass } from '../verdict.ts';

export const rootSigningCertificates = defineControl({
  id: 'root-signing-certificates',
  version: 1,
  severity: 'high',
  title: 'The root user has no signing certificates',
  method: 'The account summary says whether the root user has X.509 signing certificates.',
  frameworks: {
    'nist-800-53-r5': ['AC-2(1)', 'IA-5'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetAccountSummary'],
  over: theRootUser,

  needs: (_, { facts }) => ({ certificates: summaryEntry(facts, 'rootSigningCertificates') }),
  judge: ({ certificates }) =>
    certificates ? fail('the root user has signing certificates') : pass('the root user has no signing certificates'),
  remedy: () => ({ text: 'Delete the signing certificates of the root user: sign in as root, or with a root session' }),
});
