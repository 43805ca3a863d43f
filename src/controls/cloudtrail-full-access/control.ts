import { defineControl } from '../define.ts';
import { grantingPolicies, judgeFullOf, parsed, trimOrDetach } from '../policies.ts';

export const cloudtrailFullAccess = defineControl({
  id: 'cloudtrail-full-access',
  version: 1,
  severity: 'medium',
  title: 'No policy allows everything in CloudTrail',
  method:
    'Every attached managed policy and every inline policy: a statement that allows `cloudtrail:*` on every resource fails. Full administration has a control of its own.',
  frameworks: {
    'nist-800-53-r5': ['AC-6', 'AU-9a'],
    'pci-dss-4.0.1': ['10.3.2'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.3'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: grantingPolicies,

  needs: ({ id, document }) => ({ policy: parsed(document, id) }),
  judge: ({ policy }, granting) => judgeFullOf(policy, granting, 'cloudtrail', 'CloudTrail'),
  remedy: trimOrDetach,
});
