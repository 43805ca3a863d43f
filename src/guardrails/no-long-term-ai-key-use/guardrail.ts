import type { AiKeyPrefix } from '../../catalogue/credential-services.ts';
import { defineGuardrail, probe } from '../define.ts';

/** A request carries the key of its own service alone: each prefix is a probe and a statement of its own (domain facts C.3). */
const prefixes: Readonly<Record<AiKeyPrefix, string>> = {
  'aws-external-anthropic': 'Claude',
  bedrock: 'Bedrock',
  'bedrock-mantle': 'BedrockMantle',
};
const call = (prefix: string): string => `${prefix}:CallWithBearerToken`;
const tokenType = (prefix: string): string => `${prefix}:BearerTokenType`;

export const noLongTermAiKeyUse = defineGuardrail({
  id: 'no-long-term-ai-key-use',
  version: 1,
  title: 'No request signed with a long-term AI API key gets through',
  probes: () =>
    Object.keys(prefixes).map((prefix) => probe(call(prefix), '*', { context: { [tokenType(prefix)]: 'LONG_TERM' } })),
  spares: { who: 'key-holders', others: 'holds no API key, and signs its requests another way' },
  closings: () =>
    Object.entries(prefixes).map(([prefix, name]) => ({
      sid: `NoLongTermKeys${name}`,
      actions: [call(prefix)],
      value: { operator: 'StringEquals', key: tokenType(prefix), is: 'LONG_TERM' },
    })),
});
