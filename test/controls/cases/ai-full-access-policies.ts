import type { Case } from '../case.ts';
import { attached } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'nobody has one', facts: attached('ReadOnlyAccess'), expected: ['pass'] },
  { name: 'Bedrock', facts: attached('AmazonBedrockFullAccess'), expected: ['fail'] },
  { name: 'Claude Platform', facts: attached('AnthropicFullAccess'), expected: ['fail'] },
];
