import { known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { theRootUser } from '../populations.ts';
import { rootRow, summaryEntry } from '../readings.ts';
import { fail, ifKnown, notApplicable, pass } from '../verdict.ts';

export const rootMfa = defineControl({
  id: 'root-mfa',
  version: 2,
  severity: 'critical',
  title: 'The root user signs in with MFA',
  method:
    'The account summary says whether the root user has an MFA device, or the credential report that it had one when it was made. A root user without a password, as central root access leaves it, cannot sign in: not applicable.',
  frameworks: {
    'cis-aws-7.0.0': ['2.5'],
    'cis-aws-5.0.0': ['1.4'],
    'cis-aws-3.0.0': ['1.5'],
    'nist-800-53-r5': ['AC-2(1)', 'IA-2(1)', 'IA-2(2)'],
    'pci-dss-4.0.1': ['8.4.1'],
    'iso-27001-2022': ['A.8.5'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetAccountSummary', 'iam:GetCredentialReport'],
  over: theRootUser,
  needs: (_, { facts }) => ({
    summary: known(summaryEntry(facts, 'rootMfa'), null), // either of the two can tell
    password: known(facts.summary.kind === 'known' ? facts.summary.value.rootPassword : null, null),
    row: known(rootRow(facts), null),
  }),
  judge({ summary, password: rootPassword, row }) {
    if (summary.kind === 'known' && summary.value) return pass('the root user has an MFA device', { rootPassword });
    if (row?.mfaActive) return pass('the root user has an MFA device, by the credential report', { rootPassword });
    if (summary.kind === 'unknown' && row?.passwordEnabled && row.mfaActive === false)
      return fail('the root user has no MFA device, by the credential report');
    return ifKnown(summary, () =>
      rootPassword === false
        ? notApplicable('the root user has no password to sign in with', { rootPassword })
        : fail('the root user has no MFA device', { rootPassword }),
    );
  },
  remedy: () => ({
    text: 'Register a security key for the root user, or delete its password with central root access',
  }),
});
