import type { SimulatedScp } from '../organization.ts';
import { idOf, ou, root } from './places.ts';

// The demo's service and resource control policies: some hold, some have a hole that a reader of the text may miss, some lie on the wrong OUs.

const claude = 'aws-external-anthropic';
type Statement = Readonly<Record<string, unknown>>;

const deny = (
  action: string | readonly string[],
  resource: string | readonly string[],
  Condition?: Statement,
): Statement => ({
  Effect: 'Deny',
  Action: action,
  Resource: resource,
  ...(Condition === undefined ? {} : { Condition }),
});

const longTerm = (prefix: string): Statement =>
  deny(`${prefix}:CallWithBearerToken`, '*', { StringEquals: { [`${prefix}:BearerTokenType`]: 'LONG_TERM' } });
const exceptRoles = (...roles: readonly string[]): Statement => ({
  ArnNotLike: { 'aws:PrincipalArn': roles.map((role) => `arn:aws:iam::*:role/${role}`) },
});
const servedBy = (...services: readonly string[]): Statement => ({
  StringEquals: { 'iam:ServiceSpecificCredentialServiceName': services.map((name) => `${name}.amazonaws.com`) },
});

const scp = (
  name: string,
  description: string,
  targets: readonly string[],
  ...statements: Statement[]
): SimulatedScp => ({
  id: `p-${name.replaceAll('-', '').slice(0, 20)}`,
  name,
  description,
  awsManaged: false,
  document: { Version: '2012-10-17', Statement: statements },
  targets,
});

export const scps: readonly SimulatedScp[] = [
  scp(
    'no-static-ai-keys',
    'No AI keys are made, none that exist can be used',
    [ou.security, ou.infrastructure, ou.payments],
    deny('iam:CreateServiceSpecificCredential', '*', servedBy(claude, 'bedrock')),
    ...[claude, 'bedrock', 'bedrock-mantle'].map(longTerm),
  ),
  scp(
    'no-bedrock-keys',
    'Holed: bedrock-mantle is missing, so the keys still work there',
    [ou.development],
    deny('iam:CreateServiceSpecificCredential', '*', servedBy('bedrock')),
    longTerm('bedrock'),
  ),
  scp(
    'no-long-term-keys',
    'Broken: three keys in one condition, of which every request carries but one',
    [ou.sandbox],
    deny([`${claude}:CallWithBearerToken`, 'bedrock:CallWithBearerToken', 'bedrock-mantle:CallWithBearerToken'], '*', {
      StringEquals: {
        [`${claude}:BearerTokenType`]: 'LONG_TERM',
        'bedrock:BearerTokenType': 'LONG_TERM',
        'bedrock-mantle:BearerTokenType': 'LONG_TERM',
      },
    }),
  ),
  scp(
    'workspace-allow-list',
    'Holed: bound to a resource, so it never meets CreateWorkspace or AssumeConsole',
    [ou.ai],
    deny(`${claude}:*`, `arn:aws:${claude}:*:*:workspace/*`, exceptRoles('ai-platform-admin', 'claude-runtime')),
  ),
  scp(
    'workspace-fence',
    'Both the workspaces and their administration',
    [ou.payments],
    deny(`${claude}:*`, `arn:aws:${claude}:*:*:workspace/*`, exceptRoles('ai-platform-admin')),
    deny(
      ['CreateWorkspace', 'AssumeConsole', 'RegisterKey', 'UpdateKey', 'DisableKey'].map((it) => `${claude}:${it}`),
      '*',
    ),
    // Nobody bears the exempted name here; nobody else may take it.
    deny('iam:CreateRole', 'arn:aws:iam::*:role/ai-platform-admin', exceptRoles('ai-platform-admin')),
  ),
  scp(
    'no-phantom-users',
    'Missing on Development and Sandbox',
    [ou.security, ou.infrastructure, ou.production],
    deny('iam:CreateUser', ['arn:aws:iam::*:user/AeaApiKey-*', 'arn:aws:iam::*:user/BedrockAPIKey-*']),
  ),
  scp(
    'ai-key-max-age',
    'Holed: a key without an age carries no such condition key',
    [ou.development, ou.ai],
    deny('iam:CreateServiceSpecificCredential', '*', {
      ...servedBy(claude, 'bedrock'),
      NumericGreaterThan: { 'iam:ServiceSpecificCredentialAgeDays': '90' },
    }),
  ),
  scp(
    'no-ai-policy-attach',
    'Holed: only one of the policies is named',
    [ou.workloads],
    deny(['iam:AttachUserPolicy', 'iam:AttachRolePolicy', 'iam:AttachGroupPolicy'], '*', {
      ArnEquals: { 'iam:PolicyARN': 'arn:aws:iam::aws:policy/AnthropicLimitedAccess' },
    }),
  ),
  scp(
    'trail-protection',
    'The usual five, on any trail, for everybody but the log administrator',
    [root],
    deny(
      ['CreateTrail', 'DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail'].map((it) => `cloudtrail:${it}`),
      '*',
      exceptRoles('log-administrator'),
    ),
  ),
  scp(
    'no-outbound-federation',
    'No tokens for the outside',
    [ou.security, ou.payments],
    deny(['iam:EnableOutboundWebIdentityFederation', 'sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'], '*'),
  ),
  scp(
    'invocation-log-protection',
    'Model invocation logging cannot be changed',
    [ou.ai],
    deny(['bedrock:PutModelInvocationLoggingConfiguration', 'bedrock:DeleteModelInvocationLoggingConfiguration'], '*'),
  ),
  scp(
    'no-ai-services',
    'Nothing of the AI services is needed here',
    [ou.security],
    deny(
      [claude, 'bedrock', 'bedrock-mantle', 'bedrock-agentcore'].map((prefix) => `${prefix}:*`),
      '*',
    ),
  ),
  scp(
    'ledger-freeze',
    'On one account: no new users and no new keys of theirs',
    [idOf('payments-ledger')],
    deny(['iam:CreateUser', 'iam:CreateAccessKey', 'iam:CreateLoginProfile'], '*'),
  ),
];

/** Resource control policies beside AWS's own: what they deny to outsiders they deny to nobody of the organisation. */
export const rcps: readonly SimulatedScp[] = [
  {
    ...scp(
      'own-organization-only',
      'Buckets, keys, secrets and queues are for principals of the organisation',
      [root],
      {
        ...deny(['s3:*', 'kms:*', 'secretsmanager:*', 'sqs:*', 'sts:AssumeRole'], '*', {
          StringNotEqualsIfExists: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' },
          BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
        }),
        Principal: '*',
      },
    ),
  },
];
