import { AccessAnalyzerClient, ListAnalyzersCommand } from '@aws-sdk/client-accessanalyzer';
import { AccountClient, ListRegionsCommand } from '@aws-sdk/client-account';
import * as bedrock from '@aws-sdk/client-bedrock';
import { CloudControlClient, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as config from '@aws-sdk/client-config-service';
import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as organizations from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { gapOf, noSession } from '../../catalogue/errors.ts';
import { pagesOf } from '../../catalogue/paging.ts';
import { Refusal } from '../../domain/gap.ts';
import type { AccountId } from '../../domain/ids.ts';
import type { Operation } from '../../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input, Output, Owner, ReaderScope } from '../../ports/aws-reader.ts';
import { projection } from './projection.ts';
import { asAwsError } from './thrown.ts';

/** Credentials of an assumed role; they never leave this file. `input`: how to get new ones before these expire. */
interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expires: number;
  readonly input: object;
}

interface ClientConfig {
  readonly region: string;
  readonly profile?: string;
  readonly credentials?: Session;
  readonly maxAttempts: number;
}

/** How the wire is used; nothing of it reaches a transcript. */
export interface WireSettings {
  /** Where calls without a Region of their own go; also the Region of STS. */
  readonly homeRegion?: string;
  readonly profile?: string;
  /** Sent with `sts:AssumeRole`. */
  readonly externalId?: string;
  /** A session policy that narrows the assumed role (JSON). */
  readonly sessionPolicy?: string;
  /** The SDK's own attempts at one call: 1 where retries are made, and counted, outside. */
  readonly attempts?: number;
  /** The account of the credentials; where it is not named, STS is asked once it matters. Named, it is read also without Organizations. */
  readonly own?: AccountId;
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
  accessanalyzer: client(AccessAnalyzerClient),
  account: client(AccountClient),
  bedrock: client(bedrock.BedrockClient),
  cloudcontrol: client(CloudControlClient),
  cloudtrail: client(cloudtrail.CloudTrailClient),
  cloudwatch: client(CloudWatchClient),
  events: client(EventBridgeClient),
  logs: client(logs.CloudWatchLogsClient),
  config: client(config.ConfigServiceClient),
  iam: client(iam.IAMClient),
  organizations: client(organizations.OrganizationsClient),
  sts: client(STSClient),
};

const commands: { readonly [O in Operation]: (input: object) => object } = {
  'sts:GetCallerIdentity': command(GetCallerIdentityCommand),
  'sts:AssumeRole': command(AssumeRoleCommand),
  'organizations:DescribeOrganization': command(organizations.DescribeOrganizationCommand),
  'organizations:ListRoots': command(organizations.ListRootsCommand),
  'organizations:ListOrganizationalUnitsForParent': command(organizations.ListOrganizationalUnitsForParentCommand),
  'organizations:ListAccountsForParent': command(organizations.ListAccountsForParentCommand),
  'organizations:ListPolicies': command(organizations.ListPoliciesCommand),
  'organizations:ListTargetsForPolicy': command(organizations.ListTargetsForPolicyCommand),
  'organizations:DescribePolicy': command(organizations.DescribePolicyCommand),
  'organizations:ListTagsForResource': command(organizations.ListTagsForResourceCommand),
  'organizations:ListDelegatedAdministrators': command(organizations.ListDelegatedAdministratorsCommand),
  'organizations:ListDelegatedServicesForAccount': command(organizations.ListDelegatedServicesForAccountCommand),
  'organizations:ListAWSServiceAccessForOrganization': command(
    organizations.ListAWSServiceAccessForOrganizationCommand,
  ),
  'iam:ListOrganizationsFeatures': command(iam.ListOrganizationsFeaturesCommand),
  'account:ListRegions': command(ListRegionsCommand),
  'iam:GetAccountAuthorizationDetails': command(iam.GetAccountAuthorizationDetailsCommand),
  'iam:GenerateCredentialReport': command(iam.GenerateCredentialReportCommand),
  'iam:GetCredentialReport': command(iam.GetCredentialReportCommand),
  'iam:ListServiceSpecificCredentials': command(iam.ListServiceSpecificCredentialsCommand),
  'iam:GenerateServiceLastAccessedDetails': command(iam.GenerateServiceLastAccessedDetailsCommand),
  'iam:GetServiceLastAccessedDetails': command(iam.GetServiceLastAccessedDetailsCommand),
  'iam:GetAccountSummary': command(iam.GetAccountSummaryCommand),
  'iam:GetAccountPasswordPolicy': command(iam.GetAccountPasswordPolicyCommand),
  'iam:ListVirtualMFADevices': command(iam.ListVirtualMFADevicesCommand),
  'iam:ListMFADevices': command(iam.ListMFADevicesCommand),
  'iam:ListSSHPublicKeys': command(iam.ListSSHPublicKeysCommand),
  'iam:ListSigningCertificates': command(iam.ListSigningCertificatesCommand),
  'iam:ListServerCertificates': command(iam.ListServerCertificatesCommand),
  'iam:ListSAMLProviders': command(iam.ListSAMLProvidersCommand),
  'iam:ListOpenIDConnectProviders': command(iam.ListOpenIDConnectProvidersCommand),
  'iam:GetOutboundWebIdentityFederationInfo': command(iam.GetOutboundWebIdentityFederationInfoCommand),
  'cloudtrail:DescribeTrails': command(cloudtrail.DescribeTrailsCommand),
  'cloudtrail:GetTrailStatus': command(cloudtrail.GetTrailStatusCommand),
  'cloudtrail:GetEventSelectors': command(cloudtrail.GetEventSelectorsCommand),
  'cloudtrail:ListEventDataStores': command(cloudtrail.ListEventDataStoresCommand),
  'cloudtrail:GetEventDataStore': command(cloudtrail.GetEventDataStoreCommand),
  'cloudtrail:GetInsightSelectors': command(cloudtrail.GetInsightSelectorsCommand),
  'cloudtrail:GetEventConfiguration': command(cloudtrail.GetEventConfigurationCommand),
  'cloudtrail:LookupEvents': command(cloudtrail.LookupEventsCommand),
  'bedrock:GetModelInvocationLoggingConfiguration': command(bedrock.GetModelInvocationLoggingConfigurationCommand),
  'bedrock:ListEnforcedGuardrailsConfiguration': command(bedrock.ListEnforcedGuardrailsConfigurationCommand),
  'accessanalyzer:ListAnalyzers': command(ListAnalyzersCommand),
  'config:DescribeConfigurationRecorders': command(config.DescribeConfigurationRecordersCommand),
  'config:DescribeConfigurationRecorderStatus': command(config.DescribeConfigurationRecorderStatusCommand),
  'logs:DescribeMetricFilters': command(logs.DescribeMetricFiltersCommand),
  'logs:DescribeSubscriptionFilters': command(logs.DescribeSubscriptionFiltersCommand),
  'logs:DescribeAccountPolicies': command(logs.DescribeAccountPoliciesCommand),
  'cloudwatch:DescribeAlarms': command(DescribeAlarmsCommand),
  'events:ListRules': command(ListRulesCommand),
  'events:ListTargetsByRule': command(ListTargetsByRuleCommand),
  'cloudcontrol:ListResources': command(ListResourcesCommand),
};

/** A session is renewed this long before it ends, so that no call of a long account meets the end. */
const renewBefore = 5 * 60_000;

/** Real AWS through the SDK's default credential chain. A role assumed by `sts:AssumeRole` serves all later calls to its account. */
export function sdkReaders(settings: WireSettings): AwsReaders {
  const wire = new Wire(settings);
  return {
    for: (scope) => {
      const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
        const at = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
        const output = await answerOf(operation, () => wire.send(operation, input, scope));
        return { output: projection(output) as Output<O>, at, source: null };
      };
      return { call, pages: (operation, input) => pagesOf(call, operation, input) } satisfies AwsReader;
    },
    accounts: (): readonly AccountId[] => (settings.own === undefined ? [] : [settings.own]),
  };
}

/** Clients and sessions. A client is kept per service, Region and session. */
class Wire {
  readonly #settings: WireSettings;
  readonly #sessions = new Map<Owner, Session>();
  readonly #clients = new Map<string, { send: Send }>();
  #own: string | undefined;

  constructor(settings: WireSettings) {
    this.#settings = settings;
    this.#own = settings.own;
  }

  async send(operation: Operation, input: object, scope: ReaderScope): Promise<object> {
    if (operation === 'sts:AssumeRole') return this.#assume(input, scope);
    const session = this.#sessions.get(scope.account);
    if (session === undefined) await this.#refuseOthers(scope);
    else if (session.expires - Date.now() < renewBefore) await this.#assume(session.input, scope);
    return this.#client(operation, scope, this.#sessions.get(scope.account)).send(commands[operation](input));
  }

  /** Without a session our own credentials answer, and what they answer is of our own account: never evidence about another. */
  async #refuseOthers(scope: ReaderScope): Promise<void> {
    if (scope.account === 'organization') return;
    this.#own ??= await this.#caller(scope);
    if (scope.account === this.#own) return;
    const message = `no role was assumed in ${scope.account}, and these credentials are of ${this.#own}`;
    throw Object.assign(new Error(message), { name: noSession });
  }

  async #caller(scope: ReaderScope): Promise<string> {
    const asked = this.#client('sts:GetCallerIdentity', { ...scope, region: 'global' }, undefined);
    const { Account = '' } = (await asked.send(commands['sts:GetCallerIdentity']({}))) as { Account?: string };
    return Account;
  }

  async #assume(input: object, scope: ReaderScope): Promise<object> {
    const { externalId, sessionPolicy } = this.#settings;
    const sent = {
      ...input,
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
      ...(sessionPolicy === undefined ? {} : { Policy: sessionPolicy }),
    };
    const output = await this.#client('sts:AssumeRole', scope, undefined).send(commands['sts:AssumeRole'](sent));
    this.#sessions.set(scope.account, sessionIn(output, input));
    return output;
  }

  #client(operation: Operation, { region }: ReaderScope, session: Session | undefined): { send: Send } {
    const { homeRegion = 'us-east-1', profile, attempts = 5 } = this.#settings;
    const service = operation.slice(0, operation.indexOf(':'));
    const where = region !== 'global' ? region : service === 'sts' ? homeRegion : globalRegionOf(homeRegion);
    const key = `${service} ${where} ${session?.accessKeyId ?? 'own'}`;
    const own = profile === undefined ? {} : { profile };
    const config = {
      region: where,
      maxAttempts: attempts,
      ...(session === undefined ? own : { credentials: session }),
    };
    const there = this.#clients.get(key) ?? (clients[service] as Make)(config);
    this.#clients.set(key, there);
    return there;
  }
}

/** Where a partition keeps its global services (IAM, Organizations). */
function globalRegionOf(region: string): string {
  if (region.startsWith('cn-')) return 'cn-north-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}

/** Every failure of a call becomes a refusal that carries the gap; the table in the catalogue decides which. */
async function answerOf(operation: Operation, send: () => Promise<object>): Promise<object> {
  try {
    return await send();
  } catch (thrown) {
    const error = asAwsError(thrown);
    throw new Refusal(gapOf(operation, error), error);
  }
}

function sessionIn(output: object, input: object): Session {
  const { Credentials } = output as {
    Credentials?: { AccessKeyId?: string; SecretAccessKey?: string; SessionToken?: string; Expiration?: Date };
  };
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = Credentials ?? {};
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expires: Expiration?.getTime() ?? Number.POSITIVE_INFINITY,
    input,
  };
}
