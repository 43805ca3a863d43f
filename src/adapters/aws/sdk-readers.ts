import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as iam from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { gapOf } from '../../catalogue/errors.ts';
import { pagesOf } from '../../catalogue/paging.ts';
import { Refusal } from '../../domain/gap.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { Operation } from '../../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input, Output, Owner, ReaderScope } from '../../ports/aws-reader.ts';
import { projection } from './projection.ts';

/** Credentials of an assumed role; they never leave this file. */
interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

interface ClientConfig {
  readonly region: string;
  readonly credentials?: Session;
  readonly maxAttempts: number;
}

type Send = (command: object) => Promise<object>;

// The SDK's clients and commands are generic over their own shapes; the operation table is where the two meet.
type Make = (config: ClientConfig) => { send: Send };
const client =
  (Client: new (config: ClientConfig) => unknown): Make =>
  (config) =>
    new Client(config) as { send: Send };
const command =
  (Command: new (input: never) => object) =>
  (input: object): object =>
    new Command(input as never);

const clients: Readonly<Record<string, Make>> = {
  account: client(AccountClient),
  cloudtrail: client(cloudtrail.CloudTrailClient),
  iam: client(iam.IAMClient),
  organizations: client(organizations.OrganizationsClient),
  sts: client(STSClient),
};

const commands: { readonly [O in Operation]: (input: object) => object } = {
  'sts:AssumeRole': command(AssumeRoleCommand),
  'organizations:DescribeOrganization': command(organizations.DescribeOrganizationCommand),
  'organizations:ListRoots': command(organizations.ListRootsCommand),
  'organizations:ListOrganizationalUnitsForParent': command(organizations.ListOrganizationalUnitsForParentCommand),
  'organizations:ListAccountsForParent': command(organizations.ListAccountsForParentCommand),
  'organizations:ListPolicies': command(organizations.ListPoliciesCommand),
  'organizations:ListTargetsForPolicy': command(organizations.ListTargetsForPolicyCommand),
  'organizations:DescribePolicy': command(organizations.DescribePolicyCommand),
  'account:ListRegions': command(ListRegionsCommand),
  'iam:GetAccountAuthorizationDetails': command(iam.GetAccountAuthorizationDetailsCommand),
  'iam:GenerateCredentialReport': command(iam.GenerateCredentialReportCommand),
  'iam:GetCredentialReport': command(iam.GetCredentialReportCommand),
  'iam:ListServiceSpecificCredentials': command(iam.ListServiceSpecificCredentialsCommand),
  'iam:GenerateServiceLastAccessedDetails': command(iam.GenerateServiceLastAccessedDetailsCommand),
  'iam:GetServiceLastAccessedDetails': command(iam.GetServiceLastAccessedDetailsCommand),
  'cloudtrail:DescribeTrails': command(cloudtrail.DescribeTrailsCommand),
  'cloudtrail:GetTrailStatus': command(cloudtrail.GetTrailStatusCommand),
  'cloudtrail:GetEventSelectors': command(cloudtrail.GetEventSelectorsCommand),
  'cloudtrail:ListEventDataStores': command(cloudtrail.ListEventDataStoresCommand),
  'cloudtrail:GetEventDataStore': command(cloudtrail.GetEventDataStoreCommand),
};

/** Real AWS through the SDK's default credential chain. A role assumed by `sts:AssumeRole` serves all later calls to its account. */
export function sdkReaders({ homeRegion = 'us-east-1' }: { readonly homeRegion?: string }): AwsReaders {
  const sessions = new Map<Owner, Session>();
  const made = new Map<string, { send: Send }>();
  const clientOf = (operation: Operation, { account, region }: ReaderScope): { send: Send } => {
    const service = operation.slice(0, operation.indexOf(':'));
    const session = operation === 'sts:AssumeRole' ? undefined : sessions.get(account);
    const where = region === 'global' ? homeRegion : region;
    const key = `${service} ${where} ${session?.accessKeyId ?? 'own'}`;
    const config = { region: where, maxAttempts: 5, ...(session === undefined ? {} : { credentials: session }) };
    const there = made.get(key) ?? (clients[service] as Make)(config);
    made.set(key, there);
    return there;
  };
  return {
    for: (scope) => {
      const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
        const at = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
        const output = await answerOf(operation, () => clientOf(operation, scope).send(commands[operation](input)));
        if (operation === 'sts:AssumeRole') sessions.set(scope.account, sessionIn(output));
        return { output: projection(output) as Output<O>, at, source: null };
      };
      return { call, pages: (operation, input) => pagesOf(call, operation, input) } satisfies AwsReader;
    },
    accounts: (): readonly AccountId[] => [],
  };
}

/** Every failure of a call becomes a refusal that carries the gap; the table in the catalogue decides which. */
async function answerOf(operation: Operation, send: () => Promise<object>): Promise<object> {
  try {
    return await send();
  } catch (thrown) {
    const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
    throw new Refusal(gapOf(operation, { name, message }), { name, message });
  }
}

function sessionIn(output: object): Session {
  const { Credentials } = output as {
    Credentials?: { AccessKeyId?: string; SecretAccessKey?: string; SessionToken?: string };
  };
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}
