import type { RoleSpec } from '../build-identities.ts';
import { type AccountName, idOf } from './places.ts';
import { allow } from './policies.ts';

// Roles that each stand for one thing that policies, or last-accessed data, can and cannot show. They are counted beside the population
// table; `truth.ts` tells what each of them holds.

/** Holds for sessions that signed in with a second factor, and for no others. */
const withSecondFactor = (...Action: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action, Resource: '*', Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
  ],
});
const interpreter = allow(['bedrock-agentcore:StartCodeInterpreterSession', 'bedrock-agentcore:InvokeCodeInterpreter']);

/** A trust policy for a service, under conditions. */
const trusting = (Service: string, Condition: Readonly<Record<string, unknown>>) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', Condition }],
});
const from = (...accounts: readonly string[]) => ({ StringEquals: { 'aws:SourceAccount': accounts } });
/** Tokens that AWS makes for one role of another account, for Claude Platform. */
const tokens = (account: string, subject: string) => {
  const issuer = '0f1e2d3c-4b5a.tokens.sts.global.api.aws';
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { [`${issuer}:aud`]: 'https://api.anthropic.com', [`${issuer}:sub`]: subject } },
      },
    ],
  };
};
const agents = idOf('ai-agents');

export interface PlantedRole extends RoleSpec {
  readonly account: AccountName;
}

// biome-ignore format: a table
export const plantedRoles: readonly PlantedRole[] = [
  // Six of them are roles of agents, each open to another circle: see `truth.ts`.
  // A data-plane call: AWS says that S3 was used, never which object call. Used as an identity, untrackable as a permission.
  { account: 'web-shop', name: 'image-archive', trust: trusting('sagemaker.amazonaws.com', { StringEqualsIfExists: { 'aws:SourceAccount': idOf('web-shop') } }), used: 12, inline: { objects: allow(['s3:GetObject', 's3:DeleteObject']) } },
  // A sensitive tracked action, used in the window; its neighbour was not.
  { account: 'ci-build', name: 'access-key-issuer', used: 8, inline: { keys: allow(['iam:CreateAccessKey', 'iam:CreateLoginProfile']) }, uses: { iam: { used: 8, actions: { CreateAccessKey: 8 } } } },
  // The same, long ago.
  { account: 'network', name: 'trail-janitor', used: 200, inline: { trails: allow(['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail']) }, uses: { cloudtrail: { used: 200, actions: { StopLogging: 200 } } } },
  // AWS cannot make its report: used as RoleLastUsed says, its permissions are unread.
  { account: 'customer-portal', name: 'ticket-sync', trust: tokens(idOf('customer-portal'), `arn:aws:iam::${agents}:role/agent-operator`), used: 20, inline: { secrets: allow('secretsmanager:GetSecretValue') }, uses: 'failed' },
  // Passes roles and does nothing else: AWS never tracks that, and IAM was used.
  { account: 'ci-build', name: 'build-runner', used: 15, inline: { roles: allow('iam:PassRole', 'arn:aws:iam::*:role/build-*') } },
  // Every right under a condition.
  { account: 'shared-services', name: 'night-operator', trust: trusting('bedrock.amazonaws.com', from(idOf('shared-services'), '998877665544')), used: 9, inline: { machines: withSecondFactor('ec2:ModifyInstanceAttribute', 'ec2:StopInstances', 'ec2:StartInstances') } },
  // One permission is a way to all others, tracked and never used.
  { account: 'dev-web', name: 'policy-editor', used: 30, inline: { policies: allow(['iam:CreatePolicyVersion', 'iam:GetRole']) } },
  // A shell in agents, here open ...
  { account: 'ai-agents', name: 'agent-operator', trust: trusting('bedrock-agentcore.amazonaws.com', { ...from(agents), ArnLike: { 'aws:SourceArn': `arn:aws:bedrock-agentcore:*:${agents}:*` } }), used: 3, inline: { interpreter } },
  // ... and there closed: its OU denies all AI services.
  { account: 'security-tooling', name: 'agent-reviewer', trust: trusting('bedrock-agentcore.amazonaws.com', { StringEquals: { 'aws:SourceOrgID': '${aws:ResourceOrgID}' } }), used: 40, inline: { interpreter } },
  // Its policy names no ARN: IAM would refuse it today, so nobody can say what it holds.
  { account: 'payments-core', name: 'vendor-connector', used: 25, inline: { exports: allow('s3:GetObject', 'vendor-exports/*') } },
  // Works in mx-central-1 alone, where AWS tracks nothing: looks unused, which is why its account is named beside the figure.
  { account: 'ai-research', name: 'mexico-inference', service: 'bedrock.amazonaws.com', inline: { models: allow('bedrock:InvokeModel') } },
];
