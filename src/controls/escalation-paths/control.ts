import { defineControl } from '../define.ts';
import { some } from '../policies.ts';
import { countedIdentities } from '../populations.ts';
import { orDoubt } from '../readings.ts';
import { word } from '../shell.ts';
import { counted, fail, pass } from '../verdict.ts';

export const escalationPaths = defineControl({
  id: 'escalation-paths',
  version: 1,
  severity: 'high',
  title: 'No identity can reach more rights than it was given',
  method:
    'For each user and role, the escalation sets it holds on effective permissions; roles of AWS’s own services, break-glass identities and the reader roles are not judged.',
  frameworks: {
    'nist-800-53-r5': ['AC-6', 'AC-6(10)'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.3'],
    'aws-ai-security': ['AISF-IAM-02'],
  },
  operations: ['iam:GetAccountAuthorizationDetails', 'organizations:ListPolicies'],
  over: countedIdentities,

  needs: ({ escalation }, { doubt }) => ({ sets: orDoubt(escalation, doubt) }),
  judge: ({ sets }) =>
    sets.length === 0
      ? pass('no escalation set is open to it')
      : fail(`${counted(sets.length, 'escalation set')} open to it`, { sets: some(sets) }),
  remedy: ({ arn }) => ({
    text: 'Take away one permission of each set: the team report names them',
    command: `assay can ${word(arn)}`,
  }),
});
