import type { RoleSpec } from '../build-identities.ts';
import type { AccountName } from './places.ts';
import { allow } from './policies.ts';

// Roles that each stand for one thing last-accessed data can and cannot show. They are counted beside the population table.

export interface PlantedRole extends RoleSpec {
  readonly account: AccountName;
}

// biome-ignore format: a table
export const plantedRoles: readonly PlantedRole[] = [
  // A data-plane call: AWS says that S3 was used, never which object call. Used as an identity, untrackable as a permission.
  { account: 'web-shop', name: 'image-archive', used: 12, inline: { objects: allow(['s3:GetObject', 's3:DeleteObject']) } },
  // A sensitive tracked action, used in the window; its neighbour was not.
  { account: 'ci-build', name: 'access-key-issuer', used: 8, inline: { keys: allow(['iam:CreateAccessKey', 'iam:CreateLoginProfile']) }, uses: { iam: { used: 8, actions: { CreateAccessKey: 8 } } } },
  // The same, long ago.
  { account: 'network', name: 'trail-janitor', used: 200, inline: { trails: allow(['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail']) }, uses: { cloudtrail: { used: 200, actions: { StopLogging: 200 } } } },
  // AWS cannot make its report: used as RoleLastUsed says, its permissions are unread.
  { account: 'customer-portal', name: 'ticket-sync', used: 20, inline: { secrets: allow('secretsmanager:GetSecretValue') }, uses: 'failed' },
  // Works in mx-central-1 alone, where AWS tracks nothing: looks unused, which is why its account is named beside the figure.
  { account: 'ai-research', name: 'mexico-inference', inline: { models: allow('bedrock:InvokeModel') } },
];
