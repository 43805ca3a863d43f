import { statementName } from '../../iam/policy.ts';
import { defineControl } from '../define.ts';
import { grantingPolicies, isFullAdmin, parsed, some, trimOrDetach } from '../policies.ts';
import { fail, pass } from '../verdict.ts';

export const fullAdminPolicies = defineControl({
  id: 'full-admin-policies',
  version: 1,
  severity: 'high',
  title: 'No policy allows everything on everything',
  method:
    'Every attached managed policy and every inline policy: a statement that allows every action (`*`) on every resource fails, conditions or not.',
  frameworks: {
    'cis-aws-7.0.0': ['2.14'],
    'cis-aws-3.0.0': ['1.16'],
    'nist-800-53-r5': ['AC-6', 'AC-6(2)'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.3'],
    'aws-ai-security': ['AISF-IAM-02'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: grantingPolicies,

  needs: ({ id, document }) => ({ policy: parsed(document, id) }),
  judge({ policy }, { holders, ofAws }) {
    const found = policy.statements.filter((statement) => isFullAdmin(statement));
    const evidence = { holders: some(holders), ofAws };
    return found.length === 0
      ? pass('does not allow everything', evidence)
      : fail('allows every action on every resource', { ...evidence, statements: found.map(statementName) });
  },
  remedy: trimOrDetach,
});
