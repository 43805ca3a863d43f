import { trackedActions } from '../catalogue/tracked-actions.ts';

/** A service as last-accessed reports name it, with management actions whose use AWS tracks; empty = it tracks the service alone. */
export interface SimulatedService {
  readonly namespace: string;
  readonly name: string;
  readonly tracked: readonly string[];
}

function service(namespace: string, name: string, everyday = ''): SimulatedService {
  const listed = [...trackedActions].filter((action) => action.startsWith(`${namespace}:`));
  const sensitive = listed.map((action) => action.slice(namespace.length + 1)).sort();
  return { namespace, name, tracked: [...new Set([...everyday.split(' ').filter(Boolean), ...sensitive])] };
}

/**
 * The services that exist for the simulator. Those with tracked actions have everyday ones, told here, and the sensitive ones that AWS
 * tracks; never a data-plane call and never `iam:PassRole`; AI services have none (domain facts E.2). Everyday services come first: an
 * identity uses the first it may use.
 */
export const services: readonly SimulatedService[] = [
  service(
    's3',
    'Amazon S3',
    'ListAllMyBuckets GetBucketPolicy GetBucketAcl CreateBucket DeleteBucket PutBucketPolicy DeleteBucketPolicy PutBucketAcl PutBucketPublicAccessBlock',
  ),
  service(
    'ec2',
    'Amazon EC2',
    'DescribeImages DescribeSecurityGroups RunInstances TerminateInstances CreateSnapshot ModifySnapshotAttribute ModifyInstanceAttribute AuthorizeSecurityGroupIngress',
  ),
  service('logs', 'Amazon CloudWatch Logs'),
  service('cloudwatch', 'Amazon CloudWatch'),
  service('sqs', 'Amazon SQS'),
  service('dynamodb', 'Amazon DynamoDB', 'DescribeTable ListTables CreateTable UpdateTable DeleteTable'),
  service(
    'lambda',
    'AWS Lambda',
    'ListFunctions GetFunction GetPolicy CreateFunction UpdateFunctionCode UpdateFunctionConfiguration AddPermission DeleteFunction',
  ),
  service(
    'secretsmanager',
    'AWS Secrets Manager',
    'ListSecrets DescribeSecret GetSecretValue PutSecretValue PutResourcePolicy DeleteSecret',
  ),
  service(
    'ssm',
    'AWS Systems Manager',
    'DescribeInstanceInformation GetParameter SendCommand StartSession PutParameter',
  ),
  service(
    'kms',
    'AWS Key Management Service',
    'DescribeKey ListKeys CreateKey CreateGrant Decrypt ScheduleKeyDeletion DisableKey',
  ),
  service('rds', 'Amazon RDS', 'DescribeDBInstances CreateDBSnapshot ModifyDBSnapshotAttribute DeleteDBInstance'),
  service('bedrock', 'Amazon Bedrock'),
  service('bedrock-mantle', 'Amazon Bedrock Mantle'),
  service('bedrock-agentcore', 'Amazon Bedrock AgentCore'),
  service('aws-external-anthropic', 'Claude Platform on AWS'),
  service('sagemaker', 'Amazon SageMaker'),
  service('glue', 'AWS Glue'),
  service('codebuild', 'AWS CodeBuild'),
  service('codecommit', 'AWS CodeCommit'),
  service('cassandra', 'Amazon Keyspaces'),
  service('ce', 'AWS Cost Explorer'),
  service('route53', 'Amazon Route 53'),
  service('sts', 'AWS Security Token Service', 'GetCallerIdentity AssumeRole GetFederationToken'),
  service(
    'iam',
    'AWS Identity and Access Management',
    'ListUsers ListRoles GetRole GetUser ChangePassword CreateUser CreateAccessKey DeleteAccessKey UpdateAccessKey CreateLoginProfile UpdateLoginProfile CreateServiceSpecificCredential AttachUserPolicy AttachRolePolicy PutUserPolicy PutRolePolicy UpdateAssumeRolePolicy CreatePolicyVersion EnableOutboundWebIdentityFederation',
  ),
  service(
    'organizations',
    'AWS Organizations',
    'DescribeOrganization ListAccounts AttachPolicy DetachPolicy LeaveOrganization',
  ),
  service(
    'cloudtrail',
    'AWS CloudTrail',
    'DescribeTrails GetTrailStatus LookupEvents CreateTrail UpdateTrail PutEventSelectors StopLogging DeleteTrail',
  ),
];
