import type { SimulatedGrants } from '../organization.ts';
import { allow, own, type PolicyName, policyArn } from './policies.ts';

// Who in the demo may do what: one line for each purpose of a role, permission set and machine. `grantTable` of the simulator prints
// what every single identity of the demo holds and used.

/** What one line gives: managed policies by name, a boundary, an inline policy (under the name of the line). */
interface Line {
  readonly holds?: readonly PolicyName[];
  readonly boundary?: PolicyName;
  readonly inline?: SimulatedGrants['inline'][string];
}

export interface Grants extends SimulatedGrants {
  readonly boundary?: string;
}

const objects = (purpose: string, ...actions: readonly string[]) => allow(actions, `arn:aws:s3:::${purpose}/*`);

// biome-ignore format: a table
const purposes: Readonly<Record<string, Line>> = {
  'app-runtime':      { inline: allow(['s3:GetObject', 's3:PutObject', 'dynamodb:GetItem', 'dynamodb:PutItem', 'secretsmanager:GetSecretValue']) },
  'batch-loader':     { inline: allow(['s3:GetObject', 's3:PutObject', 'sqs:ReceiveMessage', 'sqs:DeleteMessage']) },
  'image-resizer':    { inline: objects('image-resizer', 's3:GetObject', 's3:PutObject') },
  'order-events':     { inline: allow(['sqs:SendMessage', 'dynamodb:PutItem', 'logs:PutLogEvents']) },
  'report-builder':   { inline: allow(['s3:GetObject', 'bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream']) },
  // Everything, bounded to what a pipeline deploys: what it holds by its policy alone is not what it can do.
  'deploy-pipeline':  { holds: ['AdministratorAccess'], boundary: 'deploy-boundary' },
  'db-migration':     { inline: allow(['rds:*', 'kms:Decrypt', 'secretsmanager:GetSecretValue']) },
  'cache-warmer':     { inline: objects('cache-warmer', 's3:GetObject') },
  'queue-worker':     { inline: allow(['sqs:*', 'logs:PutLogEvents']) },
  'search-indexer':   { inline: allow(['s3:GetObject', 's3:ListBucket', 'dynamodb:Scan']) },
  'audit-export':     { holds: ['SecurityAudit'], inline: objects('audit-export', 's3:PutObject') },
  'cost-explorer':    { inline: allow(['ce:*', 'organizations:ListAccounts', 'organizations:DescribeOrganization']) },
  'data-science':     { holds: ['bedrock-invoke'], inline: allow(['s3:Get*', 's3:List*', 'sagemaker:*', 'iam:PassRole']) },
  'patch-automation': { inline: allow(['ssm:SendCommand', 'ssm:StartSession', 'ssm:DescribeInstanceInformation', 'ec2:DescribeInstances']) },
  'incident-tools':   { holds: ['AdministratorAccess'] },
  // May read all, but no secret: a denial in a policy of its own.
  'vendor-access':    { holds: ['ReadOnlyAccess', 'no-secrets'] },
  'feature-store':    { inline: allow(['dynamodb:*', 's3:GetObject', 's3:PutObject']) },
  'model-evaluation': { holds: ['bedrock-invoke'], inline: objects('model-evaluation', 's3:GetObject') },
  'prompt-archive':   { holds: ['AnthropicFullAccess'], inline: objects('prompt-archive', 's3:PutObject') },
  'session-replay':   { inline: objects('session-replay', 's3:GetObject', 's3:PutObject') },
  'edge-router':      { inline: allow(['route53:*', 'ec2:DescribeInstances']) },
  'token-broker':     { inline: allow(['sts:AssumeRole', 'sts:GetFederationToken', 'sts:GetCallerIdentity']) },
  'key-rotation':     { inline: allow(['iam:ListUsers', 'iam:CreateAccessKey', 'iam:UpdateAccessKey', 'iam:DeleteAccessKey', 'iam:CreateServiceSpecificCredential']) },
  // A function with any role: who may pass and create can become whatever that role is.
  'legacy-import':    { holds: ['deploy-functions'] },
};

// biome-ignore format: a table
const permissionSets: Readonly<Record<string, Line>> = {
  AdministratorAccess: { holds: ['AdministratorAccess'] },
  ReadOnlyAccess:      { holds: ['ReadOnlyAccess'] },
  DeveloperAccess:     { holds: ['PowerUserAccess'], boundary: 'developer-boundary' },
  SecurityAudit:       { holds: ['SecurityAudit'] },
  Billing:             { inline: allow(['ce:*', 'organizations:ListAccounts']) },
  AIPlatformUser:      { holds: ['AnthropicLimitedAccess', 'bedrock-invoke'], inline: allow(['aws-external-anthropic:CreateWorkspace', 'aws-external-anthropic:UpdateWorkspace']) },
};

/** Beside `machine-access`, which every machine user has. */
// biome-ignore format: a table
const machines: Readonly<Record<string, Line>> = {
  'svc-deploy':         { holds: ['deploy-functions'] },
  'svc-terraform':      { holds: ['AdministratorAccess'] },
  'svc-backup':         { inline: allow(['ec2:DescribeInstances', 'ec2:CreateSnapshot', 'ec2:ModifySnapshotAttribute', 'rds:CreateDBSnapshot']) },
  'svc-etl':            { inline: allow(['glue:*', 'iam:PassRole']) },
  'svc-monitoring':     { inline: allow(['cloudwatch:*', 'ec2:Describe*', 'cloudtrail:LookupEvents']) },
  'svc-billing-export': { inline: allow('ce:Get*') },
  'svc-scanner':        { holds: ['SecurityAudit'] },
};

const grants = (account: string, name: string, { holds = [], boundary, inline }: Line): Grants => ({
  attached: holds.map((policy) => policyArn(account, policy)),
  inline: inline === undefined ? {} : { [name]: inline },
  ...(boundary === undefined ? {} : { boundary: policyArn(account, boundary) }),
});

function lineOf(table: Readonly<Record<string, Line>>, name: string): Line {
  const line = table[name];
  if (line === undefined) throw new TypeError(`the demo has no grants for \`${name}\``);
  return line;
}

export const roleGrants = (account: string, purpose: string): Grants =>
  grants(account, purpose, lineOf(purposes, purpose));
export const permissionSetGrants = (account: string, set: string): Grants =>
  grants(account, set, lineOf(permissionSets, set));

export function machineGrants(account: string, name: string): Grants {
  const { holds = [], ...line } = machines[name] ?? {};
  return grants(account, name, { ...line, holds: [own.machine, ...holds] });
}

const administrators: ReadonlySet<string> = new Set(['ada.lindqvist', 'kofi.mensah', 'omar.farouk']);
const developers: ReadonlySet<string> = new Set(['ben.okafor', 'elena.garcia', 'jonas.weber', 'nora.keller']);

/** Everybody may read; some administer; developers may do much, within a boundary. */
export function personGrants(account: string, name: string): { groups: readonly string[]; boundary?: string } {
  if (administrators.has(name)) return { groups: ['people', 'administrators'] };
  if (!developers.has(name)) return { groups: ['people'] };
  return { groups: ['people', 'developers'], boundary: policyArn(account, 'developer-boundary') };
}

const ofCredential: Readonly<Record<string, string | readonly string[]>> = {
  'aws-external-anthropic.amazonaws.com': 'aws-external-anthropic:*',
  'bedrock.amazonaws.com': ['bedrock:*', 'bedrock-mantle:*'],
  'codecommit.amazonaws.com': ['codecommit:GitPull', 'codecommit:GitPush'],
  'cassandra.amazonaws.com': ['cassandra:Select', 'cassandra:Modify'],
  'logs.amazonaws.com': 'logs:PutLogEvents',
  'cloudwatch.amazonaws.com': 'cloudwatch:PutMetricData',
};

/** What the holder of service-specific credentials may do with them. */
export const credentialGrants = (services: readonly string[]): SimulatedGrants['inline'] =>
  Object.fromEntries(services.map((service) => [service.split('.')[0] ?? '', allow(ofCredential[service] ?? [])]));
