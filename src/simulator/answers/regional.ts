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

/** One default workspace where the platform was set up. */
const resources: Answering<'cloudcontrol:ListResources'> = ({ organization, account, region }, input) => {
  const operation = 'cloudcontrol:ListResources';
  if (input.TypeName !== workspaceType)
    throw refuse(operation, 'TypeNotFoundException', `The type ${input.TypeName} cannot be found.`);
  const id = `wrkspc_01${uniqueId('', `${account.id} workspace`)}`;
  const all =
    usesClaude(account) && region === 'us-east-1'
      ? [
          {
            Identifier: id,
            Properties: JSON.stringify({
              Id: id,
              Arn: `arn:aws:aws-external-anthropic:${region}:${account.id}:workspace/${id}`,
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
  'cloudtrail:GetInsightSelectors': insightSelectors,
  'cloudtrail:GetEventConfiguration': eventConfiguration,
  'bedrock:GetModelInvocationLoggingConfiguration': invocationLogging,
  'bedrock:ListEnforcedGuardrailsConfiguration': guardrails,
  'accessanalyzer:ListAnalyzers': analyzers,
  'config:DescribeConfigurationRecorders': recorders,
  'config:DescribeConfigurationRecorderStatus': recorderStatus,
  'cloudcontrol:ListResources': resources,
};
