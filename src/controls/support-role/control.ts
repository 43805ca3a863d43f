import { defineControl } from '../define.ts';
import { holdersOf, some } from '../policies.ts';
import { theAccount } from '../populations.ts';
import { fail, pass } from '../verdict.ts';

export const supportRole = defineControl({
  id: 'support-role',
  version: 1,
  severity: 'low',
  title: 'Somebody can open a case with AWS Support',
  method: 'A user, group or role has the AWS managed policy AWSSupportAccess.',
  frameworks: { 'cis-aws-7.0.0': ['2.15'], 'cis-aws-5.0.0': ['1.16'], 'cis-aws-3.0.0': ['1.17'] },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: theAccount,

  needs: (_, { facts }) => ({ holders: holdersOf(facts, ['AWSSupportAccess']) }),
  judge: ({ holders }) =>
    holders.length > 0
      ? pass('AWSSupportAccess is attached', { holders: some(holders) })
      : fail('nobody has AWSSupportAccess'),
  remedy: () => ({
    text: 'Attach the policy to a role that responders can assume',
    command: 'aws iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::aws:policy/AWSSupportAccess',
  }),
});
