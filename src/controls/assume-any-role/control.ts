import { defineControl } from '../define.ts';
import { grantingPolicies, judgeAnywhere, parsed, trimOrDetach } from '../policies.ts';

export const assumeAnyRole = defineControl({
  id: 'assume-any-role',
  version: 1,
  severity: 'high',
  title: 'No policy lets its holders assume any role',
  method:
    'Every attached managed policy and every inline policy: a statement that allows sts:AssumeRole on every resource without a condition fails. Full administration has a control of its own.',
  frameworks: {
    'nist-800-53-r5': ['AC-6', 'AC-6(10)'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.3'],
    'aws-ai-security': ['AISF-IAM-02'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: grantingPolicies,

  needs: ({ id, document }) => ({ policy: parsed(document, id) }),
  judge: ({ policy }, granting) => judgeAnywhere(policy, granting, 'sts:AssumeRole'),
  remedy: trimOrDetach,
});
