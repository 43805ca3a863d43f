import { statementName } from '../../iam/policy.ts';
import { coversAction } from '../../iam/statement.ts';
import { defineControl } from '../define.ts';
import { grantingPolicies, isAnywhere, parsed, some } from '../policies.ts';
import { fail, pass } from '../verdict.ts';

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
  judge({ policy }, { holders, ofAws }) {
    const found = policy.statements.filter((statement) =>
      isAnywhere(statement, (it) => coversAction(it, 'iam:passrole')),
    );
    const evidence = { holders: some(holders), ofAws };
    return found.length === 0
      ? pass('does not allow iam:PassRole on every resource', evidence)
      : fail('allows iam:PassRole on every resource', { ...evidence, statements: found.map(statementName) });
  },
  remedy: ({ ofAws }) => ({
    text: ofAws
      ? 'Detach the policy of AWS and attach one that allows what is used'
      : 'Name the roles, or the service in a condition on iam:PassedToService',
  }),
});
