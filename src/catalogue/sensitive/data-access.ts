import type { Grounds } from './classes.ts';

export const dataAccess: Grounds = {
  'the content of stored objects and archives': `
    mediastore:GetObject s3-object-lambda:GetObject s3-object-lambda:GetObjectVersion s3-object-lambda:ListBucket
    s3:GetObject s3:GetObjectVersion s3express:CreateSession s3tables:GetTableData`,
  'disks, read block by block from a snapshot': 'ebs:GetSnapshotBlock',
  'rows of a database or search index': `
    aoss:APIAccessAll aoss:DashboardsAccessAll cassandra:Select cognito-sync:ListRecords cognito-sync:QueryRecords
    dax:BatchGetItem dax:GetItem dax:Query dax:Scan dynamodb:BatchGetItem dynamodb:GetItem dynamodb:GetRecords
    dynamodb:PartiQLSelect dynamodb:Query dynamodb:Scan es:ESHttpDelete es:ESHttpGet es:ESHttpPatch es:ESHttpPost
    es:ESHttpPut healthlake:ReadResource healthlake:SearchWithGet healthlake:SearchWithPost kendra:Query
    rds-data:ExecuteStatement redshift-data:ExecuteStatement sdb:Select`,
  'a copy of a whole database, written where the attacker says':
    'dynamodb:ExportTableToPointInTime rds:StartExportTask',
  'logs and query results of a database': `
    athena:GetQueryExecution athena:GetQueryResults athena:GetQueryResultsStream cleanrooms:GetProtectedQuery
    rds:DownloadCompleteDBLogFile rds:DownloadDBLogFilePortion`,
  'stored secrets and parameters in plain text': `
    secretsmanager:BatchGetSecretValue secretsmanager:GetSecretValue ssm:GetParameter ssm:GetParameterHistory
    ssm:GetParameters ssm:GetParametersByPath`,
  'the plain text of whatever a key protects': 'kms:CreateGrant kms:Decrypt kms:ReEncryptFrom',
  'messages and records in transit':
    'kinesis:GetRecords kinesisvideo:GetImages kinesisvideo:GetMedia sqs:ReceiveMessage',
  'what systems and people did, with addresses, names and data in the lines': `
    cloudtrail:GetQueryResults cloudtrail:LookupEvents ec2:GetConsoleOutput logs:FilterLogEvents logs:GetLogEvents
    logs:GetLogRecord logs:GetQueryResults macie2:GetFindings wafv2:GetSampledRequests`,
  'personal data that a policy masks in the logs': 'logs:Unmask',
  'the code of a function, with the secrets in its settings':
    'appsync:GetDataSource appsync:GetFunction cloudfront:GetFunction lambda:GetFunction lambda:GetLayerVersion',
  'templates and documents that describe, or contain, passwords':
    'cloudformation:GetTemplate ec2:DescribeInstanceAttribute ssm:GetDocument',
  'private source code, its history and what was said about it': `
    codecommit:BatchGetPullRequests codecommit:DescribeMergeConflicts codecommit:DescribePullRequestEvents
    codecommit:GetBlob codecommit:GetComment codecommit:GetCommentsForComparedCommit
    codecommit:GetCommentsForPullRequest codecommit:GetCommit codecommit:GetDifferences codecommit:GetFile
    codecommit:GetFolder codecommit:GetMergeConflicts codecommit:GetPullRequest codecommit:GitPull`,
  'private packages and images':
    'codeartifact:GetPackageVersionAsset codeartifact:ReadFromRepository ecr:GetDownloadUrlForLayer',
  'names, addresses and group memberships of people': `
    cognito-identity:LookupDeveloperIdentity cognito-idp:AdminGetUser cognito-idp:AdminListGroupsForUser
    cognito-idp:AdminListUserAuthEvents cognito-idp:GetUser cognito-idp:ListUsers connect:ListUsers
    sso-directory:DescribeGroup sso-directory:DescribeUser sso-directory:SearchGroups sso-directory:SearchUsers
    sso:SearchGroups sso:SearchUsers workmail:ListGroupMembers workmail:ListGroups workmail:ListUsers`,
  'meetings, messages and who took part':
    'chime:GetChannelMessage chime:GetUserActivityReportData chime:GetUserByEmail chime:ListUsers',
  'documents and support cases':
    'support:DescribeAttachment support:DescribeCommunications workdocs:GetDocument workdocs:GetDocumentVersion',
  'training data and everything else a model platform has indexed': 'sagemaker:Search',
  'files, conversations, memories and results that people gave to Claude': `
    aws-external-anthropic:GetBatchInference aws-external-anthropic:GetFile aws-external-anthropic:GetMemoryStore
    aws-external-anthropic:GetSession aws-external-anthropic:GetSkill`,
  'a running copy of workspace events, sent to an address of the attacker':
    'aws-external-anthropic:CreateWebhook aws-external-anthropic:UpdateWebhook',
  'documents behind a knowledge base, by asking for them':
    'bedrock:AgenticRetrieveStream bedrock:GetDocumentContent bedrock:Retrieve bedrock:RetrieveAndGenerate',
  'prompts, answers and memories of other people': `
    bedrock-agentcore:GetEvent bedrock-agentcore:GetMemoryRecord bedrock-agentcore:ListEvents
    bedrock-agentcore:ListMemoryRecords bedrock-agentcore:RetrieveMemoryRecords bedrock-mantle:GetInference
    bedrock:GetAgentMemory bedrock:GetInvocationStep bedrock:GetInvoke`,
  'a custom model, copied to another account': 'bedrock:CreateModelCopyJob',
};
