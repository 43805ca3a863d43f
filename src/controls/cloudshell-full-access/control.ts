import { arnIn } from '../../domain/partition.ts';
import { defineControl } from '../define.ts';
import { holdersOf, some } from '../policies.ts';
import { theAccount } from '../populations.ts';
import { fail, pass } from '../verdict.ts';

export const cloudshellFullAccess = defineControl({
  id: 'cloudshell-full-access',
  version: 1,
  severity: 'low',
  title: 'Nobody has full access to CloudShell',
  method:
    'No user, group or role has the AWS managed policy AWSCloudShellFullAccess, which lets its holders move files out.',
  frameworks: {
    'cis-aws-7.0.0': ['2.20'],
    'cis-aws-5.0.0': ['1.21'],
    'cis-aws-3.0.0': ['1.22'],
    'nist-800-53-r5': ['AC-6'],
    'iso-27001-2022': ['A.8.3'],
    'soc-2': ['CC6.3'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: theAccount,

  needs: (_, { facts }) => ({ holders: holdersOf(facts, ['AWSCloudShellFullAccess']) }),
  judge: ({ holders }) =>
    holders.length > 0
      ? fail('AWSCloudShellFullAccess is attached', { holders: some(holders) })
      : pass('nobody has AWSCloudShellFullAccess'),
  remedy: (_, { shared: { partition } }) => ({
    text: 'Detach the policy; allow CloudShell without file transfer where people need it',
    command: `aws iam list-entities-for-policy --policy-arn ${arnIn(partition, 'iam::aws:policy/AWSCloudShellFullAccess')}`,
  }),
});
