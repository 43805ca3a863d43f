import { type AccountId, accountId } from '../../domain/ids.ts';
import type { UserSpec } from '../build-identities.ts';
import type { Calendar } from '../calendar.ts';
import type { PolicyDocument, SimulatedGroup, SimulatedManagedPolicy } from '../organization.ts';

// Identity policies of the demo: small, and of the kinds AWS hands out (AWS managed, customer managed, inline, of a group).

export const allow = (action: string | readonly string[], resource = '*'): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

const aws = (name: string): string => `arn:aws:iam::aws:policy/${name}`;
export const machinePolicyArn = (account: string): string => `arn:aws:iam::${account}:policy/machine-access`;

/** The essence of AWS managed policies, by ARN. */
const documents: Readonly<Record<string, PolicyDocument>> = {
  [aws('ReadOnlyAccess')]: allow(['ec2:Describe*', 'iam:Get*', 'iam:List*', 's3:Get*', 's3:List*']),
  [aws('AnthropicLimitedAccess')]: allow([
    'aws-external-anthropic:Get*',
    'aws-external-anthropic:List*',
    'aws-external-anthropic:CallWithBearerToken',
  ]),
  [aws('AmazonBedrockLimitedAccess')]: allow([
    'bedrock:Get*',
    'bedrock:List*',
    'bedrock:CallWithBearerToken',
    'iam:ListRoles',
  ]),
};

/** The policy a console attaches to the user it makes for a long-term key. */
export function phantomPolicies(name: string): readonly string[] {
  return [aws(name.startsWith('AeaApiKey-') ? 'AnthropicLimitedAccess' : 'AmazonBedrockLimitedAccess')];
}

/** Inline policy of a role, told from its purpose; the characters in it are those RFC 3986 encoding is about. */
export function grantsOf(purpose: string): Readonly<Record<string, PolicyDocument>> {
  return { [purpose]: allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::${purpose}/*`) };
}

export const peopleGroup = ({ before }: Calendar): SimulatedGroup => ({
  name: 'people',
  created: before(1900),
  attached: [aws('ReadOnlyAccess')],
  inline: { 'own-password': allow('iam:ChangePassword', `arn:aws:iam::*:user/$\{aws:username}`) },
});

/** Managed policies of an account: its own, and those of AWS that somebody there holds, as AWS lists them. */
export function managedPolicies(
  account: AccountId,
  users: readonly UserSpec[],
  { before }: Calendar,
): SimulatedManagedPolicy[] {
  const held = new Set([aws('ReadOnlyAccess'), ...users.flatMap(({ attached = [] }) => attached)]);
  const machine = machinePolicyArn(accountId(account));
  const own = { arn: machine, name: 'machine-access', document: allow(['s3:*', 'sqs:*', 'logs:PutLogEvents']) };
  const ofAws = Object.entries(documents).filter(([arn]) => held.has(arn));
  return [own, ...ofAws.map(([arn, document]) => ({ arn, name: arn.slice(arn.lastIndexOf('/') + 1), document }))].map(
    (policy) => ({ ...policy, created: before(1900) }),
  );
}
