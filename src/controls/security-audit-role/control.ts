import { arnIn } from '../../domain/partition.ts';
import { defineControl } from '../define.ts';
import { holdersOf, some } from '../policies.ts';
import { theAccount } from '../populations.ts';
import { fail, pass } from '../verdict.ts';

export const securityAuditRole = defineControl({
  id: 'security-audit-role',
  version: 1,
  severity: 'low',
  title: 'Somebody can review the account with rights to read alone',
  method: 'A user, group or role has the AWS managed policy SecurityAudit.',
  frameworks: {
    'nist-800-53-r5': ['AC-5b'],
    'iso-27001-2022': ['A.5.18'],
    'soc-2': ['CC4.1'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: theAccount,

  needs: (_, { facts }) => ({ holders: holdersOf(facts, ['SecurityAudit']) }),
  judge: ({ holders }) =>
    holders.length > 0
      ? pass('SecurityAudit is attached', { holders: some(holders) })
      : fail('nobody has SecurityAudit'),
  remedy: (_, { shared: { partition } }) => ({
    text: 'Attach the policy to a role that reviewers can assume',
    command: `aws iam attach-role-policy --role-name ROLE --policy-arn ${arnIn(partition, 'iam::aws:policy/SecurityAudit')}`,
  }),
});
