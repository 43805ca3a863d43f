import { defineControl } from '../define.ts';
import { liveAiKeys } from '../populations.ts';
import { word } from '../shell.ts';
import { agedBeyond, fail, notMeasured, pass } from '../verdict.ts';

export const aiKeyAge = defineControl({
  id: 'ai-key-age',
  version: 1,
  severity: 'medium',
  title: 'Live AI API keys are young',
  method: 'Each live service-specific credential of Bedrock and Claude Platform, by the day it was made.',
  frameworks: {
    'nist-800-53-r5': ['AC-2(1)', 'IA-5'],
    'pci-dss-4.0.1': ['8.6.3'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
    'aws-ai-security': ['AISF-IAM-03'],
  },
  operations: ['iam:ListServiceSpecificCredentials'],
  thresholds: { maxAgeDays: 90 },
  over: liveAiKeys,

  needs: () => ({}),
  judge(_, { created, user, service, credentialId }, { clock, thresholds: { maxAgeDays } }) {
    const evidence = { user, service, created };
    const old = agedBeyond(created, `the key ${credentialId}`, maxAgeDays, clock);
    if (typeof old === 'object') return notMeasured(old, evidence);
    return old
      ? fail(`the key of ${user}, made ${created}, is older than ${maxAgeDays} days`, evidence)
      : pass(`the key of ${user} is not older than ${maxAgeDays} days`, evidence);
  },
  remedy: ({ user, credentialId }) => ({
    text: 'Move its users to short-term keys or a role, then delete the key',
    command: `aws iam delete-service-specific-credential --user-name ${word(user)} --service-specific-credential-id ${word(credentialId)}`,
  }),
});
