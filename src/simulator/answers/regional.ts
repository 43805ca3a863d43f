import { accountOfArn } from '../../domain/ids.ts';
import { calendarOf } from '../calendar.ts';
import type { SimulatedAccount } from '../organization.ts';
import { pageOf } from '../page.ts';
import { refuse } from '../refuse.ts';
import { type Answering, isManagement } from '../scope.ts';
import { uniqueId } from '../unique-id.ts';
import { usesClaude } from './iam-settings.ts';

// What an account has set Region by Region; told from its name and trails, so that it needs no planting.

/** Teams of the AI platform log what their models are asked, where they work. */
const isAi = ({ name }: SimulatedAccount): boolean => name.startsWith('ai-');
const workplaces: ReadonlySet<string> = new Set(['us-east-1', 'eu-central-1']);

const invocationLogging: Answering<'bedrock:GetModelInvocationLoggingConfiguration'> = ({ account, region }) => {
  if (!isAi(account) || !workplaces.has(region)) return {}; // off
  return {
    loggingConfig: {
      cloudWatchConfig: {
        logGroupName: '/bedrock/invocations',
        roleArn: `arn:aws:iam::${account.id}:role/BedrockInvocationLogging`,
      },
      textDataDeliveryEnabled: true,
      imageDataDeliveryEnabled: true,
      embeddingDataDeliveryEnabled: false,
      videoDataDeliveryEnabled: false,
      audioDataDeliveryEnabled: false,
    },
  };
};

const guardrails: Answering<'bedrock:ListEnforcedGuardrailsConfiguration'> = ({ account, region }) => ({
  guardrailsConfig:
    account.name === 'ai-gateway' && workplaces.has(region)
      ? [
          {
            configId: uniqueId('', `${account.id} ${region} guardrail`).toLowerCase(),
            guardrailArn: `arn:aws:bedrock:${region}:${account.id}:guardrail/a1b2c3d4e5f6`,
            guardrailId: 'a1b2c3d4e5f6',
            guardrailVersion: '3',
            owner: 'ACCOUNT' as const,
          },
        ]
      : [],
});

/** The security tools' account looks at the whole organisation; the others have an analyzer of their own in their main Region. */
const analyzers: Answering<'accessanalyzer:ListAnalyzers'> = ({ organization, account, region }, input) => {
  const security = account.name.startsWith('security-');
  const types = security ? (['ORGANIZATION', 'ORGANIZATION_UNUSED_ACCESS'] as const) : (['ACCOUNT'] as const);
  const all = (security || region === 'us-east-1' ? types : []).map((type) => ({
    arn: `arn:aws:access-analyzer:${region}:${account.id}:analyzer/${type.toLowerCase()}`,
    name: type.toLowerCase(),
    type,
    status: 'ACTIVE' as const,
    createdAt: calendarOf(organization.clock).before(600),
  }));
  const { items, next } = pageOf(all, {
    operation: 'accessanalyzer:ListAnalyzers',
    token: input.nextToken,
    size: input.maxResults,
    most: 1,
  });
  return { analyzers: items, ...(next === undefined ? {} : { nextToken: next }) };
};

/** Config records everywhere but in the accounts where people try things out. */
const hasRecorder = ({ name }: SimulatedAccount): boolean => !name.startsWith('sandbox-');

const recorders: Answering<'config:DescribeConfigurationRecorders'> = ({ account, region }) => ({
  ConfigurationRecorders: hasRecorder(account)
    ? [
        {
          arn: `arn:aws:config:${region}:${account.id}:configuration-recorder/default/a1b2c3d4`,
          name: 'default',
          roleARN: `arn:aws:iam::${account.id}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
          recordingGroup: { allSupported: true, includeGlobalResourceTypes: region === 'us-east-1' },
        },
      ]
    : [],
});

const recorderStatus: Answering<'config:DescribeConfigurationRecorderStatus'> = ({ organization, account }) => ({
  ConfigurationRecordersStatus: hasRecorder(account)
    ? [
        {
          name: 'default',
          recording: true,
          lastStatus: 'Success' as const,
          lastStartTime: calendarOf(organization.clock).before(500),
        },
      ]
    : [],
});

const workspaceType = 'AWS::AWSExternalAnthropic::Workspace';

const workspaceId = ({ id }: SimulatedAccount, name: string): string => `wrkspc_01${uniqueId('', `${id} ${name}`)}`;
const workspaceArn = (account: SimulatedAccount, region: string, name: string): string =>
  `arn:aws:aws-external-anthropic:${region}:${account.id}:workspace/${workspaceId(account, name)}`;
/** One account has a second workspace where Cloud Control does not know the type yet: events alone tell of it. */
const isListed = ({ name }: SimulatedAccount, region: string): boolean =>
  !(name === 'ai-research' && region === 'eu-central-1');

/** One default workspace where the platform was set up. */
const resources: Answering<'cloudcontrol:ListResources'> = ({ organization, account, region }, input) => {
  const operation = 'cloudcontrol:ListResources';
  if (input.TypeName !== workspaceType || !isListed(account, region))
    throw refuse(operation, 'TypeNotFoundException', `The type ${input.TypeName} cannot be found.`);
  const all =
    usesClaude(account) && region === 'us-east-1'
      ? [
          {
            Identifier: workspaceId(account, 'workspace'),
            Properties: JSON.stringify({
              Id: workspaceId(account, 'workspace'),
              Arn: workspaceArn(account, region, 'workspace'),
              Name: 'Default',
              CreatedAt: calendarOf(organization.clock).before(120),
            }),
          },
        ]
      : [];
  const { items, next } = pageOf(all, { operation, token: input.NextToken, size: input.MaxResults, most: 1 });
  return {
    TypeName: workspaceType,
    ResourceDescriptions: items,
    ...(next === undefined ? {} : { NextToken: next }),
  };
};

/** What was done to workspaces: the default one was renamed, a trial archived; and one call was refused, which proves nothing. */
const workspaceEvents: Answering<'cloudtrail:LookupEvents'> = ({ organization, account, region }, input) => {
  const operation = 'cloudtrail:LookupEvents';
  const [{ AttributeKey, AttributeValue } = {}] = input.LookupAttributes ?? [];
  const asked = AttributeKey === 'EventSource' && AttributeValue === claudeSource && usesClaude(account);
  const made = asked ? (eventsIn[isListed(account, region) ? region : 'unlisted'] ?? []) : [];
  const all = made.map(([EventName, name, days, errorCode]) => {
    const eventTime = calendarOf(organization.clock).before(days).replace('.000', '');
    const id = workspaceId(account, name);
    const told = { ARN: workspaceArn(account, region, name), type: workspaceType, accountId: account.id };
    return {
      EventId: uniqueId('', `${account.id} ${EventName} ${name}`).toLowerCase(),
      EventName,
      EventTime: eventTime,
      EventSource: claudeSource,
      Username: 'platform-admin',
      Resources: [{ ResourceType: workspaceType, ResourceName: told.ARN }],
      CloudTrailEvent: JSON.stringify({
        eventVersion: '1.11',
        userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${account.id}:assumed-role/platform-admin/ada` },
        eventTime,
        eventSource: claudeSource,
        eventName: EventName,
        awsRegion: region,
        sourceIPAddress: '192.0.2.10',
        recipientAccountId: account.id,
        ...(errorCode === undefined ? { resources: [told] } : { errorCode }),
        requestParameters: { workspaceId: id },
        responseElements: null,
      }),
    };
  });
  const { items, next } = pageOf(all, { operation, token: input.NextToken, size: input.MaxResults, most: 1 });
  return { Events: items, ...(next === undefined ? {} : { NextToken: next }) };
};

type MadeEvent = readonly [name: string, workspace: string, daysAgo: number, errorCode?: string];
/** Newest first, as AWS gives them. */
const eventsIn: Readonly<Record<string, readonly MadeEvent[]>> = {
  'us-east-1': [
    ['UpdateWorkspace', 'no such', 3, 'AccessDenied'],
    ['UpdateWorkspace', 'workspace', 12],
    ['ArchiveWorkspace', 'trial', 41],
    ['CreateWorkspace', 'trial', 70],
  ],
  unlisted: [['CreateWorkspace', 'research', 60]],
};
const claudeSource = 'aws-external-anthropic.amazonaws.com';

/** An organisation's trail watches for unusual call rates; other trails do not. Only the owner may ask. */
const insightSelectors: Answering<'cloudtrail:GetInsightSelectors'> = (scope, { TrailName = '' }) => {
  const operation = 'cloudtrail:GetInsightSelectors';
  const { organization } = ownTrail(scope.account, operation, TrailName);
  if (!organization || !isManagement(scope))
    throw refuse(operation, 'InsightNotEnabledException', 'Insights are not enabled on the trail.');
  return {
    TrailARN: TrailName,
    InsightSelectors: [{ InsightType: 'ApiCallRateInsight', EventCategories: ['Management'] }],
  };
};

const eventConfiguration: Answering<'cloudtrail:GetEventConfiguration'> = ({ account }, { TrailName = '' }) => {
  ownTrail(account, 'cloudtrail:GetEventConfiguration', TrailName);
  return { TrailARN: TrailName, MaxEventSize: 'Standard', ContextKeySelectors: [], AggregationConfigurations: [] };
};

function ownTrail(
  account: SimulatedAccount,
  operation: 'cloudtrail:GetInsightSelectors' | 'cloudtrail:GetEventConfiguration',
  arn: string,
): SimulatedAccount['trails'][number] {
  const owner = accountOfArn(arn);
  const trail = account.trails.find(({ name }) => owner === account.id && arn.endsWith(`:trail/${name}`));
  if (trail !== undefined) return trail;
  throw refuse(operation, 'TrailNotFoundException', `Unknown trail: ${arn} for the user: ${account.id}`);
}

export const regionalAnswers = {
  'cloudtrail:LookupEvents': workspaceEvents,
  'cloudtrail:GetInsightSelectors': insightSelectors,
  'cloudtrail:GetEventConfiguration': eventConfiguration,
  'bedrock:GetModelInvocationLoggingConfiguration': invocationLogging,
  'bedrock:ListEnforcedGuardrailsConfiguration': guardrails,
  'accessanalyzer:ListAnalyzers': analyzers,
  'config:DescribeConfigurationRecorders': recorders,
  'config:DescribeConfigurationRecorderStatus': recorderStatus,
  'cloudcontrol:ListResources': resources,
};
