import { defineControl } from '../define.ts';
import { liveAiKeys } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, pass } from '../verdict.ts';

/** A key that was made without an age has no expiry date in any answer and never expires (domain facts A.6). */
export const aiKeyExpiry = defineControl({
  id: 'ai-key-expiry',
  version: 1,
  severity: 'high',
  title: 'Every live AI API key expires',
  method:
    'Each live service-specific credential of Bedrock and Claude Platform. One without an expiry date was made without an age and never expires: it fails.',
  frameworks: {
    'nist-800-53-r5': ['AC-2(1)', 'IA-5'],
    'pci-dss-4.0.1': ['8.6.3'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
    'aws-ai-security': ['AISF-IAM-03'],
  },
  operations: ['iam:ListServiceSpecificCredentials'],
  over: liveAiKeys,
  needs: () => ({}),
  judge: (_, { expires, user, service, created }) =>
    expires === null
      ? fail(`the key of ${user} for ${service} never expires`, { user, service, created, expires })
      : pass(`the key of ${user} for ${service} expires ${expires}`, { user, service, created, expires }),
  remedy: ({ user, credentialId }) => ({
    text: 'Move its users to short-term keys or a role, then delete the key: an expiry cannot be added to one',
    command: `aws iam delete-service-specific-credential --user-name ${word(user)} --service-specific-credential-id ${word(credentialId)}`,
  }),
});
