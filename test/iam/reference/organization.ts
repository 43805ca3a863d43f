import { contextValues, type Request } from './case.ts';
import { requesterOf } from './principals.ts';

// "Resource control policies", List of AWS services that support RCPs (October 2026), by action prefix.
export const servicesWithRcps: readonly string[] = [
  ...['aoss', 'appconfig', 'appstream', 'autoscaling', 'autoscaling-plans', 'budgets', 'clouddirectory', 'cloudfront'],
  ...['cloudsearch', 'cloudtrail-data', 'codeartifact', 'codebuild', 'codecommit', 'codepipeline', 'cognito-identity'],
  ...['cognito-idp', 'comprehend', 'comprehendmedical', 'compute-optimizer', 'cost-optimization-hub', 'dax', 'dsql'],
  ...['dynamodb', 'ecr', 'ecr-public', 'events', 'firehose', 'fis', 'fms', 'gamelift', 'health', 'inspector-scan'],
  ...['kendra', 'kinesisvideo', 'kms', 'logs', 'memorydb', 'networkmonitor', 'notifications', 'opensearch'],
  ...[
    'pca-connector-ad',
    'personalize',
    'polly',
    'pricing',
    'resource-groups',
    'rolesanywhere',
    's3',
    'secretsmanager',
  ],
  ...['servicediscovery', 'signin', 'sqs', 'sts', 'support', 'swf', 'textract', 'timestream-influxdb', 'transcribe'],
  ...['transfer', 'translate', 'wafv2', 'workspaces', 'xray'],
];

// "Cross-account policy evaluation logic": the account that owns the resource; an ARN without one is the requester's
// own, an identity provider's too.
export function resourceAccountOf(request: Request): string | undefined {
  const inArn = request.resource.split(':')[4] ?? '';
  if (request.resourceAccount) return request.resourceAccount;
  return /^\d{12}$/.test(inArn) ? inArn : /^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(request.principal)?.[1];
}

// "Service control policies", SCP effects on permissions: they bind users, roles and root of member accounts, so
// neither services nor the management account nor (Tasks and entities not restricted by SCPs) service-linked roles.
export function scpsBind(request: Request): boolean {
  const { kind, account } = requesterOf(request);
  return kind !== 'outside' && account !== request.managementAccount && !isServiceLinkedRole(request);
}

// "Resource control policies", RCP effects on permissions: they bind resources of member accounts, whoever asks, for
// the services that support them.
export function rcpsBind(request: Request): boolean {
  const [service = '', operation = ''] = request.action.toLowerCase().split(':');
  if (!servicesWithRcps.includes(service)) return false;
  const account = resourceAccountOf(request);
  if (account !== undefined && account === request.managementAccount) return false;
  // Same page, Resources and entities not restricted by RCPs: service-linked roles, services assuming them,
  // RetireGrant.
  const assumesServiceLinkedRole =
    requesterOf(request).kind === 'outside' && operation.startsWith('assumerole') && isServiceLinked(request.resource);
  return !isServiceLinkedRole(request) && !assumesServiceLinkedRole && operation !== 'retiregrant';
}

// "Create a service-linked role": their path is /aws-service-role/, seen in the role's ARN (a session's ARN has no
// path).
function isServiceLinkedRole({ principal, context }: Request): boolean {
  return [principal, ...contextValues(context, 'aws:PrincipalArn')].some(isServiceLinked);
}

const isServiceLinked = (arn: string) => /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//.test(arn);
