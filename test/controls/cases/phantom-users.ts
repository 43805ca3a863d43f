import type { Case } from '../case.ts';
import { usersWith } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'an ordinary user', facts: usersWith({ ann: {} }), expected: ['pass'] },
  {
    name: 'of Bedrock, of Claude Platform',
    facts: usersWith({ 'BedrockAPIKey-x1': {}, 'AeaApiKey-y2': {} }),
    expected: ['fail', 'fail'],
  },
];
