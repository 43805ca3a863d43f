import { ofUser } from '../../domain/of-user.ts';
import { known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { users } from '../populations.ts';
import { aiListing } from '../readings.ts';
import { word } from '../shell.ts';
import { counted, fail, ifKnown, pass } from '../verdict.ts';

export const longTermAiKeys = defineControl({
  id: 'long-term-ai-keys',
  version: 1,
  severity: 'high',
  title: 'No user holds a live long-term AI API key',
  method:
    'The service-specific credentials of each user for Bedrock and Claude Platform; one that AWS calls active and whose expiry has not passed fails, with or without an expiry.',
  frameworks: {
    'nist-800-53-r5': ['AC-2', 'IA-5'],
    'pci-dss-4.0.1': ['7.2.5', '8.6.3'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
    'aws-ai-security': ['AISF-IAM-03'],
  },
  operations: ['iam:ListServiceSpecificCredentials'],
  over: users,

  needs: ({ name }, { facts, credentials }) => ({
    live: known(
      ofUser(credentials, name).filter(({ ai, live }) => ai && live),
      null,
    ),
    listing: known(aiListing(facts, name), null), // a key that was seen counts, whatever else was refused
  }),
  judge: ({ live, listing }) =>
    live.length > 0
      ? fail(`the user holds ${counted(live.length, 'live AI API key')}`, {
          keys: live.map(({ credentialId }) => credentialId),
        })
      : ifKnown(listing, () => pass('the user holds no live AI API key')),
  remedy: ({ name }) => ({
    text: 'Move its users to short-term keys or a role, deactivate the key, and delete it when nobody misses it',
    command: `aws iam list-service-specific-credentials --user-name ${word(name)}`,
  }),
});
