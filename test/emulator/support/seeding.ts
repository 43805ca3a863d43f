import {
  type AdvancedEventSelector,
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  type OrganizationsClient,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type AccountId, accountId } from '../../../src/domain/ids.ts';
import { clientConfig, managementAccount, motoEndpoint } from './aws.ts';

export const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
export const allow = (...Action: string[]): string => policy({ Effect: 'Allow', Action, Resource: '*' });
export const deny = (...Action: string[]): string => policy({ Effect: 'Deny', Action, Resource: '*' });
export const trustManagement = policy({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: `arn:aws:iam::${managementAccount}:root` },
});

/** How a client acts as an account. moto lets anybody assume any role in any account, and keeps each account's state apart. */
export async function as(account: string): Promise<typeof clientConfig & { readonly credentials: object }> {
  if (account === managementAccount) return clientConfig;
  const { Credentials } = await new STSClient(clientConfig).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/Seed`, RoleSessionName: 'seed' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { ...clientConfig, credentials };
}

/** Makes the organisation, with these types of policy enabled before anything is attached; gives the id of its root. */
export async function newOrganization(client: OrganizationsClient, ...types: PolicyType[]): Promise<string> {
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const root = (await client.send(new ListRootsCommand({}))).Roots?.[0]?.Id as string;
  for (const PolicyType of types) await client.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType }));
  return root;
}

export async function newOu(client: OrganizationsClient, ParentId: string, Name: string): Promise<string> {
  const { OrganizationalUnit } = await client.send(new CreateOrganizationalUnitCommand({ ParentId, Name }));
  return OrganizationalUnit?.Id as string;
}

/** A new account; the emulator chooses its id. */
export async function newAccount(
  client: OrganizationsClient,
  AccountName: string,
  place?: { readonly root: string; readonly ou: string },
): Promise<AccountId> {
  const { CreateAccountStatus } = await client.send(
    new CreateAccountCommand({ AccountName, Email: `${AccountName}@example.com` }),
  );
  const AccountId = CreateAccountStatus?.AccountId ?? '';
  if (place !== undefined)
    await client.send(new MoveAccountCommand({ AccountId, SourceParentId: place.root, DestinationParentId: place.ou }));
  return accountId(AccountId);
}

export async function attachScp(
  client: OrganizationsClient,
  Name: string,
  Content: string,
  TargetId: string,
): Promise<string> {
  const made = await client.send(
    new CreatePolicyCommand({ Name, Description: Name, Type: 'SERVICE_CONTROL_POLICY', Content }),
  );
  const PolicyId = made.Policy?.PolicySummary?.Id as string;
  await client.send(new AttachPolicyCommand({ PolicyId, TargetId }));
  return PolicyId;
}

export interface TrailToMake {
  readonly account: string;
  readonly name: string;
  readonly home: string;
  readonly multiRegion?: boolean;
  readonly organization?: boolean;
  /** By fields and what each must equal. */
  readonly selectors: readonly Readonly<Record<string, string>>[];
}

/** A logging trail with advanced selectors. moto's CloudTrail looks for the bucket in moto; the front door keeps S3 in MiniStack. */
export async function newTrail(trail: TrailToMake): Promise<string> {
  const { account, name: Name, home, multiRegion = false, organization = false } = trail;
  const Bucket = `${Name}-${account}`;
  const delivery = policy({
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: ['s3:GetBucketAcl', 's3:PutObject'],
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
  });
  const config = await as(account);
  const s3 = new S3Client({ ...config, endpoint: motoEndpoint });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: delivery }));
  const client = new CloudTrailClient({ ...config, region: home });
  const { TrailARN = '' } = await client.send(
    new CreateTrailCommand({
      Name,
      S3BucketName: Bucket,
      IsMultiRegionTrail: multiRegion,
      IsOrganizationTrail: organization,
    }),
  );
  const AdvancedEventSelectors = trail.selectors.map(advanced);
  await client.send(new PutEventSelectorsCommand({ TrailName: Name, AdvancedEventSelectors }));
  await client.send(new StartLoggingCommand({ Name }));
  return TrailARN;
}

const advanced = (fields: Readonly<Record<string, string>>): AdvancedEventSelector => ({
  Name: Object.values(fields).join(' '),
  FieldSelectors: Object.entries(fields).map(([Field, value]) => ({ Field, Equals: [value] })),
});
