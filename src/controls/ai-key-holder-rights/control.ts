import { defineControl } from '../define.ts';
import { some } from '../policies.ts';
import { aiKeyHolders, identityNamed } from '../populations.ts';
import { orDoubt } from '../readings.ts';
import { word } from '../shell.ts';
import { counted, fail, pass } from '../verdict.ts';

export const aiKeyHolderRights = defineControl({
  id: 'ai-key-holder-rights',
  version: 1,
  severity: 'high',
  title: 'Nobody who holds a live AI API key can reach more rights',
  method:
    'Each user with a live AI API key, by the escalation sets open to it: whoever finds the key may get further than to a model.',
  frameworks: {
    'nist-800-53-r5': ['AC-6', 'AC-6(10)'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.3'],
    'aws-ai-security': ['AISF-IAM-02'],
  },
  operations: ['iam:ListServiceSpecificCredentials', 'iam:GetAccountAuthorizationDetails'],
  over: aiKeyHolders,

  needs: (name, { identities, doubt }) => ({
    sets: orDoubt(identityNamed(identities, name)?.escalation ?? null, doubt),
  }),
  judge: ({ sets }) =>
    sets.length === 0
      ? pass('no escalation set is open to it')
      : fail(`${counted(sets.length, 'escalation set')} open to it`, { sets: some(sets) }),
  remedy: (name) => ({
    text: 'Delete the key, or take the rights away from its user',
    command: `aws iam list-service-specific-credentials --user-name ${word(name)}`,
  }),
});
