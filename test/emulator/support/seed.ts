import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand as CreateOrganizationPolicyCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { accountId } from '../../../src/domain/ids.ts';
import { clientConfig, motoEndpoint } from './aws.ts';

const policy = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string) => policy({ Effect: 'Allow', Action, Resource: '*' });
const denyAiKeys = policy({ Effect: 'Deny', Action: 'iam:CreateServiceSpecificCredential', Resource: '*' });
const trustManagement = policy({
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: 'arn:aws:iam::123456789012:root' },
});

/** A small organisation in moto with something to find for every collector. The emulator chooses the ids. */
export async function seed() {
  const client = new OrganizationsClient(clientConfig);
  await client.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const root = (await client.send(new ListRootsCommand({}))).Roots?.[0]?.Id as string;
  await client.send(new EnablePolicyTypeCommand({ RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' }));
  const unit = await client.send(new CreateOrganizationalUnitCommand({ ParentId: root, Name: 'AI' }));
  const ou = unit.OrganizationalUnit?.Id as string;
  const [research, platform] = [await newAccount(client, 'research'), await newAccount(client, 'platform')];
  await client.send(new MoveAccountCommand({ AccountId: research, SourceParentId: root, DestinationParentId: ou }));
  const scp = await attachScp(client, ou);
  for (const account of [research, platform]) await seedAccount(account);
  await seedTrail();
  return { research, platform, ou, scp };
}

async function newAccount(client: OrganizationsClient, AccountName: string) {
  const { CreateAccountStatus } = await client.send(
    new CreateAccountCommand({ AccountName, Email: `${AccountName}@example.com` }),
  );
  return accountId(CreateAccountStatus?.AccountId ?? '');
}

async function attachScp(client: OrganizationsClient, TargetId: string): Promise<string> {
  const made = await client.send(
    new CreateOrganizationPolicyCommand({
      Name: 'deny-ai-keys',
      Description: 'No AI API keys',
      Type: 'SERVICE_CONTROL_POLICY',
      Content: denyAiKeys,
    }),
  );
  const PolicyId = made.Policy?.PolicySummary?.Id as string;
  await client.send(new AttachPolicyCommand({ PolicyId, TargetId }));
  return PolicyId;
}

/** moto assumes any role in any account and keeps each account's state apart. */
async function iamIn(account: string): Promise<IAMClient> {
  const { Credentials } = await new STSClient(clientConfig).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${account}:role/Seed`, RoleSessionName: 'seed' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return new IAMClient({ ...clientConfig, credentials });
}

async function seedAccount(account: string): Promise<void> {
  const iam = await iamIn(account);
  await iam.send(new CreateUserCommand({ UserName: 'ada' }));
  await iam.send(new CreateLoginProfileCommand({ UserName: 'ada', Password: 'Correct-horse-1' }));
  await iam.send(new CreateAccessKeyCommand({ UserName: 'ada' }));
  await iam.send(new CreateUserCommand({ UserName: 'bedrock-key-user' }));
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'bedrock-all', PolicyDocument: allow('bedrock:*') }),
  );
  await iam.send(new AttachUserPolicyCommand({ UserName: 'bedrock-key-user', PolicyArn: Policy?.Arn }));
  await iam.send(new CreateRoleCommand({ RoleName: 'admin', AssumeRolePolicyDocument: trustManagement }));
  await iam.send(new PutRolePolicyCommand({ RoleName: 'admin', PolicyName: 'all', PolicyDocument: allow('*') }));
}

/** moto's CloudTrail looks for the bucket in moto, while the front door keeps S3 in MiniStack. */
async function seedTrail(): Promise<void> {
  const Bucket = 'organization-trail';
  const delivery = policy({
    Effect: 'Allow',
    Principal: { Service: 'cloudtrail.amazonaws.com' },
    Action: ['s3:GetBucketAcl', 's3:PutObject'],
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
  });
  const s3 = new S3Client({ ...clientConfig, endpoint: motoEndpoint });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: delivery }));
  const client = new CloudTrailClient(clientConfig);
  await client.send(
    new CreateTrailCommand({
      Name: 'organization',
      S3BucketName: Bucket,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: true,
    }),
  );
  const field = (Field: string, ...Equals: string[]) => ({ Field, Equals });
  await client.send(
    new PutEventSelectorsCommand({
      TrailName: 'organization',
      AdvancedEventSelectors: [
        { Name: 'management', FieldSelectors: [field('eventCategory', 'Management')] },
        {
          Name: 'bedrock',
          FieldSelectors: [field('eventCategory', 'Data'), field('resources.type', 'AWS::Bedrock::Model')],
        },
      ],
    }),
  );
  await client.send(new StartLoggingCommand({ Name: 'organization' }));
}
