import { defineGuardrail, probe } from '../define.ts';

/** A request carries the key of its own service alone: each prefix is a probe of its own (domain facts C.3). */
const prefixes = {
  'aws-external-anthropic': 'BearerTokenType',
  bedrock: 'BearerTokenType',
  'bedrock-mantle': 'BearerTokenType',
};

export const noLongTermAiKeyUse = defineGuardrail({
  id: 'no-long-term-ai-key-use',
  version: 1,
  title: 'No request signed with a long-term AI API key gets through',
  practice: 'no-static-credentials',
  probes: () =>
    Object.entries(prefixes).map(([service, key]) =>
      probe(`${service}:CallWithBearerToken`, '*', { context: { [`${service}:${key}`]: 'LONG_TERM' } }),
    ),
});
