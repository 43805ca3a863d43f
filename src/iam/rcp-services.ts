/**
 * Services whose resources a resource control policy (RCP) binds. AWS Organizations User Guide, "Resource control policies (RCPs)", list of
 * AWS services that support RCPs; read October 2026. No AI service of the catalogue is among them, nor is IAM.
 */
export const rcpServices: ReadonlySet<string> = new Set(
  `aoss appconfig appstream autoscaling autoscaling-plans budgets clouddirectory cloudfront cloudsearch cloudtrail-data
  codeartifact codebuild codecommit codepipeline cognito-identity cognito-idp comprehend comprehendmedical
  compute-optimizer cost-optimization-hub dax dsql dynamodb ecr ecr-public events firehose fis fms gamelift health
  inspector-scan kendra kinesisvideo kms logs memorydb networkmonitor notifications opensearch pca-connector-ad
  personalize polly pricing resource-groups rolesanywhere s3 secretsmanager servicediscovery signin sqs sts support swf
  textract timestream-influxdb transcribe transfer translate wafv2 workspaces xray`.split(/\s+/),
);

/** Actions of those services that no RCP stops (same page), in lower case. */
export const rcpExemptActions: ReadonlySet<string> = new Set(['kms:retiregrant']);

/** Whether RCPs speak on an action (in lower case). */
export const supportsRcp = (action: string): boolean =>
  rcpServices.has(action.slice(0, action.indexOf(':'))) && !rcpExemptActions.has(action);
