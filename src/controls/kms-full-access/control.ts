import { defineControl } from '../define.ts';
import { grantingPolicies, judgeFullOf, parsed, trimOrDetach } from '../policies.ts';

export const kmsFullAccess = defineControl({
  id: 'kms-full-access',
  version: 1,
  severity: 'medium',
  title: 'No policy allows everything in KMS',
  method:
    'Every attached managed policy and every inline policy: a statement that allows `kms:*` on every resource fails. Full administration has a control of its own.',
  frameworks: {
    'nist-800-53-r5': ['AC-6'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.3'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: grantingPolicies,

  needs: ({ id, document }) => ({ policy: parsed(document, id) }),
  judge: ({ policy }, granting) => judgeFullOf(policy, granting, 'kms', 'KMS'),
  remedy: trimOrDetach,
});
