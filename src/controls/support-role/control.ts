import { arnIn } from '../../domain/partition.ts';
import { defineControl } from '../define.ts';
import { holdersOf, some } from '../policies.ts';
import { theAccount } from '../populations.ts';
import { fail, pass } from '../verdict.ts';

export const supportRole = defineControl({
  id: 'support-role',
  version: 2,
  severity: 'low',
  title: 'A role can open a case with AWS Support',
  method: 'A role has the AWS managed policy AWSSupportAccess; a user or group that has it does not count.',
  frameworks: { 'cis-aws-7.0.0': ['2.15'], 'cis-aws-5.0.0': ['1.16'], 'cis-aws-3.0.0': ['1.17'] },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: theAccount,

  needs: (_, { facts }) => ({ holders: holdersOf(facts, ['AWSSupportAccess']) }),
  judge({ holders }) {
    const roles = holders.filter((arn) => arn.includes(':role/'));
    return roles.length > 0
      ? pass('AWSSupportAccess is attached to a role', { holders: some(roles) })
      : fail('no role has AWSSupportAccess', { holders: some(holders) });
  },
  remedy: (_, { shared: { partition } }) => ({
    text: 'Attach the policy to a role that responders can assume',
    command: `aws iam attach-role-policy --role-name ROLE --policy-arn ${arnIn(partition, 'iam::aws:policy/AWSSupportAccess')}`,
  }),
});
