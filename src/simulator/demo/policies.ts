import type { Calendar } from '../calendar.ts';
import type { PolicyDocument, SimulatedGroup, SimulatedManagedPolicy } from '../organization.ts';

// Managed policies and groups of the demo: small, and of the kinds AWS hands out (AWS managed, customer managed, of a group, boundary).

type Actions = string | readonly string[];
type Statement = Readonly<Record<string, unknown>>;
const document = (...Statement: readonly Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });

export const allow = (Action: Actions, Resource = '*'): PolicyDocument =>
  document({ Effect: 'Allow', Action, Resource });
const allowAllBut = (...NotAction: readonly string[]): Statement => ({ Effect: 'Allow', NotAction, Resource: '*' });
const deny = (...Action: readonly string[]): Statement => ({ Effect: 'Deny', Action, Resource: '*' });

/** The essence of AWS managed policies. */
const ofAws = {
  AdministratorAccess: allow('*'),
  PowerUserAccess: document(allowAllBut('iam:*', 'organizations:*', 'account:*')),
  ReadOnlyAccess: allow([
    ...['ec2:Describe*', 'iam:Get*', 'iam:List*', 's3:Get*', 's3:List*', 'lambda:List*', 'lambda:Get*'],
    ...['ssm:Get*', 'dynamodb:Get*', 'dynamodb:Scan'],
  ]),
  SecurityAudit: allow([
    ...['iam:Get*', 'iam:List*', 'cloudtrail:Describe*', 'cloudtrail:Get*', 'organizations:Describe*'],
    ...['organizations:List*', 's3:GetBucketPolicy', 's3:GetBucketAcl', 's3:ListAllMyBuckets', 'ec2:Describe*'],
  ]),
  AnthropicFullAccess: allow('aws-external-anthropic:*'),
  AnthropicLimitedAccess: allow([
    'aws-external-anthropic:Get*',
    'aws-external-anthropic:List*',
    'aws-external-anthropic:CallWithBearerToken',
  ]),
  AmazonBedrockLimitedAccess: allow(['bedrock:Get*', 'bedrock:List*', 'bedrock:CallWithBearerToken', 'iam:ListRoles']),
} satisfies Readonly<Record<string, PolicyDocument>>;

/** Names of policies that others build on. */
export const own = { machine: 'machine-access' } as const;

/** Policies of every account's own. */
const ofCustomer = {
  'machine-access': allow(['s3:*', 'sqs:*', 'logs:PutLogEvents']),
  'deploy-functions': allow([
    ...['iam:PassRole', 'lambda:CreateFunction', 'lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
    ...['lambda:ListFunctions', 'lambda:GetFunction'],
  ]),
  'bedrock-invoke': allow(['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:Get*']),
  'no-secrets': document(deny('secretsmanager:*', 'ssm:GetParameter*', 'kms:Decrypt', 's3:GetObject*')),
  // Boundaries: they give nothing, what they leave out cannot be done.
  'deploy-boundary': allow(['s3:*', 'ec2:*', 'lambda:*', 'logs:*', 'sts:*', 'iam:PassRole', 'iam:GetRole']),
  'developer-boundary': document(allowAllBut('iam:*', 'organizations:*'), deny('secretsmanager:GetSecretValue')),
} satisfies Readonly<Record<string, PolicyDocument>>;

export type PolicyName = keyof typeof ofAws | keyof typeof ofCustomer;

const aws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
const customer = (account: string, name: string): string => `arn:aws:iam::${account}:policy/${name}`;
export const policyArn = (account: string, name: PolicyName): string =>
  Object.hasOwn(ofAws, name) ? aws(name) : customer(account, name);

/** The policy a console attaches to the user it makes for a long-term key. */
export function phantomPolicies(name: string): readonly string[] {
  return [aws(name.startsWith('AeaApiKey-') ? 'AnthropicLimitedAccess' : 'AmazonBedrockLimitedAccess')];
}

export const groupsOf = (account: string, { before }: Calendar): SimulatedGroup[] => [
  {
    name: 'people',
    created: before(1900),
    attached: [aws('ReadOnlyAccess')],
    inline: { 'own-password': allow('iam:ChangePassword', `arn:aws:iam::*:user/$\{aws:username}`) },
  },
  { name: 'administrators', created: before(1900), attached: [aws('AdministratorAccess')], inline: {} },
  {
    name: 'developers',
    created: before(1900),
    attached: [aws('PowerUserAccess'), customer(account, 'deploy-functions')],
    inline: {},
  },
];

/** Managed policies of an account: its own, and those of AWS that somebody there holds, as AWS lists them. */
export function managedPolicies(
  account: string,
  holders: readonly { readonly attached?: readonly string[] }[],
  { before }: Calendar,
): SimulatedManagedPolicy[] {
  const held = new Set(holders.flatMap(({ attached = [] }) => attached));
  const customers = Object.entries(ofCustomer).map(([name, it]) => ({
    name,
    arn: customer(account, name),
    document: it,
  }));
  const ofAmazon = Object.entries(ofAws).map(([name, it]) => ({ name, arn: aws(name), document: it }));
  return [...customers, ...ofAmazon.filter(({ arn }) => held.has(arn))].map((policy) => ({
    ...policy,
    created: before(1900),
  }));
}
