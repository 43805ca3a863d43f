import { isPhantomName } from '../../domain/identity.ts';
import { defineControl } from '../define.ts';
import { users } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, pass } from '../verdict.ts';

export const phantomUsers = defineControl({
  id: 'phantom-users',
  version: 1,
  severity: 'medium',
  title: 'No console has made a user to carry a key',
  method:
    'The name of each user: those that the Bedrock and Claude Platform consoles make begin with `BedrockAPIKey-` or `AeaApiKey-`.',
  frameworks: {
    'nist-800-53-r5': ['AC-2'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.5.16'],
    'soc-2': ['CC6.2'],
  },
  operations: ['iam:GetAccountAuthorizationDetails', 'iam:GetCredentialReport'],
  over: users,

  needs: () => ({}),
  judge: (_, { name }) =>
    isPhantomName(name)
      ? fail('a console made this user to carry an AI API key')
      : pass('no console made this user for a key'),
  remedy: ({ name }) => ({
    text: 'Delete its keys and the user; deny their creation with an SCP (`assay guardrails`)',
    command: `aws iam list-service-specific-credentials --user-name ${word(name)}`,
  }),
});
