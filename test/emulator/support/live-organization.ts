import { ConfigServiceClient, PutConfigurationRecorderCommand } from '@aws-sdk/client-config-service';
import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateServiceLinkedRoleCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CloseAccountCommand,
  OrganizationsClient,
  RegisterDelegatedAdministratorCommand,
} from '@aws-sdk/client-organizations';
import type { AccountId } from '../../../src/domain/ids.ts';
import { clientConfig, managementAccount } from './aws.ts';
import {
  enabledRegions,
  eventDataStore,
  lastAccessed,
  noEventDataStores,
  nothingElse,
  serviceCredentials,
} from './aws-answers.ts';
import type { Call } from './call.ts';
import type { CannedAnswer } from './canned.ts';
import type { Fault } from './fault.ts';
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

// An organisation for a whole night over the wire. What it holds is written so that a person can add up the figures by hand: the sums
// stand in `live-run.emulator.ts`.

const day = 86_400_000;
/**
 * The night's clock. Whatever is made in moto is made today, so the clock stands so far ahead that today lies before the window of 90
 * days; the dates of use, which only canned answers give, lie within it.
 */
export const clock = new Date(Date.now() + 200 * day).toISOString().replace(/\.\d{3}Z$/, 'Z');
const daysAgo = (days: number): string => new Date(Date.parse(clock) - days * day).toISOString();

export const externalId = 'assay-4711';
export const home = 'us-east-1';
const regions = [home, 'eu-west-1'];

const members = ['research', 'models', 'platform', 'norole', 'partner', 'audit', 'closed'] as const;
export type Member = (typeof members)[number];
export type Live = Readonly<Record<Member, AccountId>> & {
  readonly ous: Readonly<Record<'workloads' | 'ai' | 'outside', string>>;
  readonly organizationTrail: string;
};

/** Makes the organisation in moto. */
export async function liveOrganization(): Promise<Live> {
  const client = new OrganizationsClient(clientConfig);
  const root = await newOrganization(client, 'SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY');
  const workloads = await newOu(client, root, 'workloads');
  const ai = await newOu(client, workloads, 'ai');
  const outside = await newOu(client, root, 'outside');
  const under = (ou: string) => ({ root, ou });
  const accounts = {
    research: await newAccount(client, 'research', under(ai)),
    models: await newAccount(client, 'models', under(ai)),
    platform: await newAccount(client, 'platform', under(workloads)),
    norole: await newAccount(client, 'norole', under(workloads)),
    partner: await newAccount(client, 'partner', under(outside)),
    audit: await newAccount(client, 'audit'),
    closed: await newAccount(client, 'closed', under(outside)),
  };
  await client.send(new CloseAccountCommand({ AccountId: accounts.closed }));
  await client.send(
    new RegisterDelegatedAdministratorCommand({ AccountId: accounts.audit, ServicePrincipal: 'ssm.amazonaws.com' }),
  );
  await attachScp(client, 'stay', deny('organizations:LeaveOrganization'), root);
  await attachScp(client, 'no-ai', deny('bedrock:*', 'aws-external-anthropic:*'), ai);
  await attachScp(client, 'no-key-listing', deny('iam:ListServiceSpecificCredentials'), accounts.audit);
  await Promise.all([
    seedManagement(),
    seedResearch(accounts.research),
    seedPlatform(accounts.platform),
    seedAudit(accounts.audit),
    seedModels(accounts.models),
    seedRecorder(accounts.platform),
  ]);
  const organizationTrail = await seedTrails(accounts.platform);
  return { ...accounts, ous: { workloads, ai, outside }, organizationTrail };
}

const assume = { operation: 'AssumeRole', status: 403, code: 'AccessDenied' } as const;
const refused = (account: string): string =>
  `User: arn:aws:iam::${managementAccount}:user/night is not authorized to perform: sts:AssumeRole on resource: ` +
  `arn:aws:iam::${account}:role/AssayReader`;
const withoutExternalId =
  (id: string) =>
  ({ input }: Call): boolean =>
    input['ExternalId'] !== id;

/** Every role asks for the external ID. moto looks at no trust policy, so the front door does. */
export const externalIdAsked = (): Fault => ({
  ...assume,
  message: 'no external ID, or a wrong one',
  when: withoutExternalId(externalId),
});

/** What stands in the way of three accounts: no role, a role that asks for another external ID, an SCP. */
export function obstacles({ norole, partner, audit }: Live): Fault[] {
  return [
    { ...assume, account: norole, message: refused(norole) },
    { ...assume, account: partner, message: refused(partner), when: withoutExternalId('the-partners-own') }, // AWS's text is the same
    {
      operation: 'ListServiceSpecificCredentials',
      account: audit,
      status: 403,
      code: 'AccessDenied',
      message:
        `User: arn:aws:sts::${audit}:assumed-role/AssayReader/night is not authorized to perform: ` +
        `iam:ListServiceSpecificCredentials on resource: arn:aws:iam::${audit}:user/ with an explicit deny in a service control policy`,
    },
  ];
}

/** AWS throttles the largest call of one account, for ever or some times. */
export const throttled = ({ models }: Live, times?: number): Fault => ({
  operation: 'GetAccountAuthorizationDetails',
  account: models,
  status: 400,
  code: 'Throttling',
  message: 'Rate exceeded',
  ...(times === undefined ? {} : { times }),
});

/** Writes principals into one account of moto. */
class Principals {
  readonly #iam: IAMClient;
  constructor(iam: IAMClient) {
    this.#iam = iam;
  }

  static async in(account: string): Promise<Principals> {
    return new Principals(new IAMClient(await as(account)));
  }

  async user(UserName: string, { password = false, key = false, inline = '' } = {}): Promise<void> {
    await this.#iam.send(new CreateUserCommand({ UserName }));
    if (password) await this.#iam.send(new CreateLoginProfileCommand({ UserName, Password: 'Correct-horse-1' }));
    if (key) await this.#iam.send(new CreateAccessKeyCommand({ UserName }));
    if (inline !== '')
      await this.#iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'own', PolicyDocument: inline }));
  }

  async role(RoleName: string, { path = '/', inline = '', boundary = '' } = {}): Promise<void> {
    await this.#iam.send(
      new CreateRoleCommand({
        RoleName,
        Path: path,
        AssumeRolePolicyDocument: trustManagement,
        ...(boundary === '' ? {} : { PermissionsBoundary: boundary }),
      }),
    );
    if (inline !== '')
      await this.#iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: inline }));
  }

  serviceLinkedRole(AWSServiceName: string): Promise<unknown> {
    return this.#iam.send(new CreateServiceLinkedRoleCommand({ AWSServiceName }));
  }

  async managed(PolicyName: string, PolicyDocument: string, attachTo?: string): Promise<string> {
    const { Policy } = await this.#iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
    if (attachTo !== undefined)
      await this.#iam.send(new AttachUserPolicyCommand({ UserName: attachTo, PolicyArn: Policy?.Arn }));
    return Policy?.Arn ?? '';
  }

  async group(GroupName: string, PolicyDocument: string, UserName: string): Promise<void> {
    await this.#iam.send(new CreateGroupCommand({ GroupName }));
    await this.#iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: 'own', PolicyDocument }));
    await this.#iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  }
}

async function seedManagement(): Promise<void> {
  const here = await Principals.in(managementAccount);
  await here.user('carol', { key: true });
}

async function seedResearch(account: string): Promise<void> {
  const here = await Principals.in(account);
  await here.user('ada', { password: true, key: true });
  await here.group('operators', allow('iam:CreateAccessKey'), 'ada');
  await here.user('bot', { key: true });
  await here.managed('pass', allow('iam:PassRole'), 'bot');
  await here.user('BedrockAPIKey-abc1');
  await here.managed('invoke', allow('bedrock:InvokeModel'), 'BedrockAPIKey-abc1');
  await here.user('plain', { inline: allow('s3:GetObject') });
  await here.role('deployer', { inline: allow('iam:PutRolePolicy') });
  const boundary = await here.managed('fence', allow('s3:ListBucket'));
  await here.role('fenced', { inline: allow('iam:AttachRolePolicy'), boundary });
  await here.role('AWSReservedSSO_View_0123456789abcdef', { path: '/aws-reserved/sso.amazonaws.com/' });
  await here.serviceLinkedRole('support.amazonaws.com');
  await here.role('AssayReader');
}

async function seedPlatform(account: string): Promise<void> {
  const here = await Principals.in(account);
  await here.user('ops', { password: true, inline: allow('iam:CreateAccessKey', 'iam:PutRolePolicy') });
  await here.user('svc', { inline: allow('aws-external-anthropic:CreateInference') });
  await here.user('AeaApiKey-old');
  await here.role('tool');
  await here.role('AssayReader');
}

async function seedAudit(account: string): Promise<void> {
  const here = await Principals.in(account);
  await here.user('eve', { password: true });
  await here.role('auditor');
  await here.role('AssayReader');
}

async function seedModels(account: string): Promise<void> {
  const here = await Principals.in(account);
  await here.user('mia', { password: true });
  await here.role('AssayReader');
}

/** A recorder of AWS Config that does not record yet. */
async function seedRecorder(account: string): Promise<void> {
  const config = new ConfigServiceClient({ ...(await as(account)), region: home });
  const roleARN = `arn:aws:iam::${account}:role/tool`;
  await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: 'default', roleARN } }));
}

/** The organisation's trail, in its home Region alone, and one of platform that narrows what it records of models. */
async function seedTrails(platform: string): Promise<string> {
  const data = (type: string) => ({ eventCategory: 'Data', 'resources.type': type });
  const organizationTrail = await newTrail({
    account: managementAccount,
    name: 'organization',
    home,
    organization: true,
    selectors: [
      { eventCategory: 'Management' },
      data('AWS::Bedrock::Model'),
      data('AWS::AWSExternalAnthropic::Workspace'),
    ],
  });
  await newTrail({
    account: platform,
    name: 'local',
    home: 'eu-west-1',
    selectors: [
      { eventCategory: 'Management' },
      { ...data('AWS::Bedrock::Model'), 'resources.ARN': 'arn:aws:bedrock:eu-west-1::foundation-model/one' },
    ],
  });
  return organizationTrail;
}

/** What the accounts answer where moto has no answer, or another than AWS. */
export function answersOf(live: Live): CannedAnswer[] {
  const { research, models, platform, norole, partner, audit } = live;
  const key = { status: 'Active', created: daysAgo(300), expires: null };
  const [bedrock, claude] = ['bedrock.amazonaws.com', 'aws-external-anthropic.amazonaws.com'];
  const usual = [managementAccount, research, models, norole, partner];
  return [
    noEventDataStores,
    ...nothingElse,
    ...usual.map((account) => enabledRegions(account, regions)),
    enabledRegions(platform, regions, ['eu-south-1']),
    enabledRegions(audit, regions, ['mx-central-1']),
    ...eventDataStore(platform, home, 'AWS::BedrockAgentCore::Runtime'),
    ...[managementAccount, models, norole, partner, audit].map((account) => serviceCredentials(account, [])),
    serviceCredentials(research, [{ ...key, user: 'BedrockAPIKey-abc1', service: bedrock }]),
    serviceCredentials(platform, [
      { ...key, user: 'svc', service: claude, expires: daysAgo(-30) },
      { ...key, user: 'AeaApiKey-old', service: claude, expires: daysAgo(5) },
      { ...key, user: 'svc', service: bedrock, status: 'Inactive' },
    ]),
    ...[managementAccount, norole, partner, audit].flatMap((account) => lastAccessed(account, {})),
    ...lastAccessed(models, { mia: [{ service: 's3', at: daysAgo(1) }] }),
    ...lastAccessed(research, {
      ada: [
        { service: 's3', at: daysAgo(10) },
        { service: 'iam', at: null, actions: { CreateAccessKey: null } },
      ],
      bot: [{ service: 'iam', at: daysAgo(3) }],
      'BedrockAPIKey-abc1': [{ service: 'bedrock', at: daysAgo(5) }],
      deployer: [{ service: 'iam', at: daysAgo(3), actions: { PutRolePolicy: daysAgo(3) } }],
    }),
    ...lastAccessed(platform, { svc: [{ service: 'aws-external-anthropic', at: daysAgo(2) }] }),
    ...[research, models, platform, norole, partner, audit].map((account) =>
      seesTrail(account, live.organizationTrail),
    ),
    roleLastUsed(research, 'deployer', daysAgo(3)),
  ];
}

/** AWS shows the organisation's trail to members as well, in each Region that it records; moto does not. */
const seesTrail = (account: string, TrailARN: string): CannedAnswer => ({
  operation: 'DescribeTrails',
  account,
  async body({ region }, real) {
    const told = JSON.parse(await real()) as { trailList: object[] };
    const shadow = {
      Name: 'organization',
      TrailARN,
      HomeRegion: home,
      IsMultiRegionTrail: false,
      IsOrganizationTrail: true,
    };
    return JSON.stringify({ trailList: [...told.trailList, ...(region === home ? [shadow] : [])] });
  },
});

/** moto records no use of roles. */
const roleLastUsed = (account: string, role: string, at: string): CannedAnswer => ({
  operation: 'GetAccountAuthorizationDetails',
  account,
  async body(_, real) {
    const used = `<RoleLastUsed><LastUsedDate>${at}</LastUsedDate><Region>${home}</Region></RoleLastUsed>`;
    const inRole = new RegExp(`(<RoleName>${role}</RoleName>(?:(?!<RoleName>).)*?)<RoleLastUsed ?/>`, 's');
    const told = await real();
    if (!inRole.test(told)) throw new Error(`${role} is not in the answer`);
    return told.replace(inRole, `$1${used}`);
  },
});
