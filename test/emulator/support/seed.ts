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
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { clientConfig, managementAccount } from './aws.ts';
import {
  allow,
  as,
  attachScp,
  deny,
  newAccount,
  newOrganization,
  newOu,
  newTrail,
  trustManagement,
} from './seeding.ts';

/** A small organisation in moto with something to find for every collector. The emulator chooses the ids. */
export async function seed() {
  const client = new OrganizationsClient(clientConfig);
  const root = await newOrganization(client, 'SERVICE_CONTROL_POLICY');
  const ou = await newOu(client, root, 'AI');
  const research = await newAccount(client, 'research', { root, ou });
  const platform = await newAccount(client, 'platform');
  const scp = await attachScp(client, 'deny-ai-keys', deny('iam:CreateServiceSpecificCredential'), ou);
  for (const account of [research, platform]) await seedAccount(account);
  await newTrail({
    account: managementAccount,
    name: 'organization',
    home: 'us-east-1',
    multiRegion: true,
    organization: true,
    selectors: [{ eventCategory: 'Management' }, { eventCategory: 'Data', 'resources.type': 'AWS::Bedrock::Model' }],
  });
  return { research, platform, ou, scp };
}

async function seedAccount(account: string): Promise<void> {
  const iam = new IAMClient(await as(account));
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
