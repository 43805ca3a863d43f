import { defineGuardrail, probe } from '../define.ts';

/** Policies that the consoles attach to the users they make for a key, and the wide ones beside them (domain facts A.6, B.1). */
const policies = [
  'AnthropicFullAccess',
  'AnthropicLimitedAccess',
  'AnthropicInferenceAccess',
  'AmazonBedrockFullAccess',
  'AmazonBedrockLimitedAccess',
];
const attachments = { AttachUserPolicy: 'user', AttachRolePolicy: 'role', AttachGroupPolicy: 'group' };

export const noAiPolicyAttach = defineGuardrail({
  id: 'no-ai-policy-attach',
  version: 1,
  title: 'Nobody can attach the AWS managed AI policies to an identity',
  practice: 'no-static-credentials',
  probes: ({ account }) =>
    Object.entries(attachments).flatMap(([action, kind]) =>
      policies.map((policy) =>
        probe(`iam:${action}`, `arn:aws:iam::${account}:${kind}/*`, {
          context: { 'iam:PolicyARN': `arn:aws:iam::aws:policy/${policy}` },
        }),
      ),
    ),
  spares: { who: 'nobody', why: 'every other policy can still be attached' },
  closings: () =>
    policies.map((policy) => ({
      sid: 'NoAiPolicyAttachment',
      actions: Object.keys(attachments).map((action) => `iam:${action}`),
      value: { operator: 'ArnLike', key: 'iam:PolicyARN', is: `arn:aws:iam::aws:policy/${policy}` },
    })),
});
