import { known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { theRootUser } from '../populations.ts';
import { rootRow, summaryEntry } from '../readings.ts';
import { fail, ifKnown, pass } from '../verdict.ts';

export const rootAccessKeys = defineControl({
  id: 'root-access-keys',
  version: 2,
  severity: 'critical',
  title: 'The root user has no access keys',
  method:
    'The account summary says whether the root user has access keys, active or not; where it was not read, the credential report tells of active ones.',
  frameworks: {
    'cis-aws-7.0.0': ['2.4'],
    'cis-aws-5.0.0': ['1.3'],
    'cis-aws-3.0.0': ['1.4'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-6(2)'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetAccountSummary', 'iam:GetCredentialReport'],
  over: theRootUser,
  needs: (_, { facts }) => ({
    summary: known(summaryEntry(facts, 'rootAccessKeys'), null), // a key that the report shows is there without it
    row: known(rootRow(facts), null),
  }),
  judge({ summary, row }) {
    if (summary.kind === 'unknown' && row?.accessKeys.some(({ active }) => active))
      return fail('the root user has an active access key, by the credential report');
    return ifKnown(summary, (keys) =>
      keys ? fail('the root user has access keys') : pass('the root user has no access keys'),
    );
  },
  remedy: () => ({
    text: 'Delete the access keys of the root user: sign in as root, or with a root session from the management account',
    command: 'aws iam delete-access-key --access-key-id ID',
  }),
});
