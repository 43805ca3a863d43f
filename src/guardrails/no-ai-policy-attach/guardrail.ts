import { arnIn } from '../../domain/partition.ts';
import { defineGuardrail, type Guarded, type Probe, probe } from '../define.ts';

/** Policies that the consoles attach to the users they make for a key, and the wide ones beside them (domain facts A.6, B.1). */
const policies = [
  'AnthropicFullAccess',
  'AnthropicLimitedAccess',
  'AnthropicInferenceAccess',
  'AmazonBedrockFullAccess',
  'AmazonBedrockLimitedAccess',
];
/** Others that grant CallWithBearerToken (domain facts A.5). */
const others = ['AnthropicReadOnlyAccess', 'AnthropicSelfHostedEnvironmentAccess'];
const attachments = { AttachUserPolicy: 'user', AttachRolePolicy: 'role', AttachGroupPolicy: 'group' };

const attaching = (names: readonly string[], { account, partition }: Guarded): Probe[] =>
  Object.entries(attachments).flatMap(([action, kind]) =>
    names.map((policy) =>
      probe(`iam:${action}`, arnIn(partition, `iam::${account}:${kind}/*`), {
        context: { 'iam:PolicyARN': arnIn(partition, `iam::aws:policy/${policy}`) },
      }),
    ),
  );

export const noAiPolicyAttach = defineGuardrail({
  id: 'no-ai-policy-attach',
  version: 1,
  title: 'Nobody can attach the AWS managed AI policies to an identity',
  probes: (guarded) => attaching(policies, guarded),
  beside: {
    what: 'lets a key be used, by other managed policies',
    probes: (guarded) => attaching(others, guarded),
  },
  spares: { who: 'nobody', why: 'every other policy can still be attached' },
  closings: ({ partition }) =>
    policies.map((policy) => ({
      sid: 'NoAiPolicyAttachment',
      actions: Object.keys(attachments).map((action) => `iam:${action}`),
      value: { operator: 'ArnLike', key: 'iam:PolicyARN', is: arnIn(partition, `iam::aws:policy/${policy}`) },
    })),
});
