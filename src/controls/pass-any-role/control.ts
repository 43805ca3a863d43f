import { defineControl } from '../define.ts';
import { grantingPolicies, judgeAnywhere, parsed } from '../policies.ts';

export const passAnyRole = defineControl({
  id: 'pass-any-role',
  version: 1,
  severity: 'high',
  title: 'No policy lets its holders pass any role to any service',
  method:
    'Every attached managed policy and every inline policy: a statement that allows iam:PassRole on every resource without a condition fails. Full administration has a control of its own.',
  frameworks: {},
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: grantingPolicies,

  needs: ({ id, document }) => ({ policy: parsed(document, id) }),
  judge: ({ policy }, granting) => judgeAnywhere(policy, granting, 'iam:PassRole'),
  remedy: ({ ofAws }) => ({
    text: ofAws
      ? 'Detach the policy of AWS and attach one that allows what is used'
      : 'Name the roles, or the service in a condition on iam:PassedToService',
  }),
});
