import { defineControl } from '../define.ts';
import { reportRows, users } from '../populations.ts';
import { word } from '../shell.ts';
import { counted, fail, pass } from '../verdict.ts';

export const twoAccessKeys = defineControl({
  id: 'two-access-keys',
  version: 1,
  severity: 'low',
  title: 'No user has two active access keys',
  method: 'The credential report shows the two access keys of a user.',
  frameworks: {
    'cis-aws-5.0.0': ['1.12'],
    'cis-aws-3.0.0': ['1.13'],
    'nist-800-53-r5': ['AC-2(1)'],
    'pci-dss-4.0.1': ['8.6.3'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:GetCredentialReport'],
  over: users,

  needs: ({ name }, { facts }) => ({ rows: reportRows(facts, name) }),
  judge({ rows }) {
    const keys = Math.max(...rows.map(({ accessKeys }) => accessKeys.filter(({ active }) => active).length));
    return keys > 1 ? fail('both access keys are active') : pass(`${counted(keys, 'active access key')}`, { keys });
  },
  remedy: ({ name }) => ({
    text: 'Finish the rotation: deactivate the older key once nobody uses it',
    command: `aws iam list-access-keys --user-name ${word(name)}`,
  }),
});
