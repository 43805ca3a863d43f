/** A service principal of AWS behind which models, agents or machine learning run, and which takes a role to act. */
export interface AiPrincipal {
  /** Without `.amazonaws.com` and without a Region. */
  readonly service: string;
  /** What acts with the role. */
  readonly acts: string;
  /** Where AWS says so; pages of docs.aws.amazon.com unless said otherwise, read in October 2026. */
  readonly source: string;
}

const principal = (service: string, acts: string, source: string): AiPrincipal => ({ service, acts, source });

/** The versioned list behind agent identities (domain facts B.3 and A.1). A role that trusts one of these is an agent's. */
export const aiPrincipals: readonly AiPrincipal[] = [
  principal(
    'bedrock',
    'agents, flows, knowledge bases, batch and model jobs',
    'bedrock/latest/userguide/agents-permissions',
  ),
  principal(
    'bedrock-agentcore',
    'runtimes, gateways, memories, browsers, code interpreters',
    'bedrock-agentcore/latest/devguide/runtime-permissions',
  ),
  principal(
    'bedrock-mantle',
    'inference and fine-tuning of projects',
    'bedrock/latest/userguide/logging-cloudtrail-mantle',
  ),
  principal('aws-external-anthropic', 'Claude Platform', 'claude-platform/latest/userguide/authentication'),
  principal('sagemaker', 'notebooks, training, endpoints, pipelines', 'sagemaker/latest/dg/sagemaker-roles'),
  principal('sagemaker-geospatial', 'geospatial jobs', 'sagemaker/latest/dg/sagemaker-geospatial-roles'),
  principal('qbusiness', 'Q Business applications and data sources', 'amazonq/latest/qbusiness-ug/iam-roles'),
  principal('application.qbusiness', 'Q Business web experiences', 'amazonq/latest/qbusiness-ug/iam-roles'),
  principal('qapps', 'Q Apps', 'amazonq/latest/qbusiness-ug/purpose-built-qapps'),
  principal('q', 'Q Developer', 'amazonq/latest/qdeveloper-ug/security_iam_service-with-iam'),
  principal('codewhisperer', 'Q Developer customisations', 'amazonq/latest/qdeveloper-ug/customizations'),
  principal('aiops', 'CloudWatch investigations', 'AmazonCloudWatch/latest/monitoring/Investigations-Security'),
  principal('aidevops', 'DevOps Agent', 'devopsagent/latest/userguide/aws-devops-agent-security'),
  principal('nova-act', 'Nova Act workflows', 'nova-act/latest/userguide'),
  principal('transform', 'AWS Transform agents', 'transform/latest/userguide/security-iam'),
  principal('lex', 'Lex bots', 'lexv2/latest/dg/using-service-linked-roles'),
  principal('lexv2', 'Lex V2 bots', 'lexv2/latest/dg/security_iam_service-with-iam'),
  principal('kendra', 'Kendra indexes and data sources', 'kendra/latest/dg/iam-roles'),
  principal('personalize', 'Personalize jobs', 'personalize/latest/dg/cross-service-confused-deputy-prevention'),
  principal('comprehend', 'Comprehend jobs', 'comprehend/latest/dg/cross-service-confused-deputy-prevention'),
  principal(
    'rekognition',
    'Rekognition video and custom labels',
    'rekognition/latest/dg/cross-service-confused-deputy-prevention',
  ),
  principal('transcribe', 'Transcribe jobs', 'transcribe/latest/dg/cross-service-confused-deputy-prevention'),
  principal('textract', 'Textract jobs', 'textract/latest/dg/cross-service-confused-deputy-prevention'),
  principal('forecast', 'Forecast jobs', 'forecast/latest/dg/cross-service-confused-deputy-prevention'),
  principal('frauddetector', 'Fraud Detector models', 'frauddetector/latest/ug/security-iam'),
  principal('machinelearning', 'Machine Learning models', 'machine-learning/latest/dg/security-iam'),
];

const services: ReadonlySet<string> = new Set(aiPrincipals.map(({ service }) => service));

/**
 * The AI service behind a principal of a trust policy, null where it is none. AWS writes `service.amazonaws.com`, in some partitions
 * `service.amazonaws.com.cn`, and for some services with the Region in between (IAM user guide, "AWS service principals").
 */
export function aiServiceOf(principalName: string): string | null {
  const name = /^(.+?)(\.[a-z]{2}(-[a-z]+)+-\d)?\.amazonaws\.com(\.cn)?$/.exec(principalName.toLowerCase())?.[1];
  return name !== undefined && services.has(name) ? name : null;
}

/**
 * Audiences that AI services outside AWS ask web identity tokens for: those of the policies that AWS made for Claude Platform (domain
 * facts A.5; AWS managed policy reference, AnthropicFullAccess).
 */
export const aiAudiences: readonly string[] = ['https://api.anthropic.com', 'https://platform.claude.com'];

/** Issuer of the tokens that AWS makes for principals of an account (IAM user guide, "Outbound identity federation"): host without the account's own label. */
export const outboundIssuer = '.tokens.sts.global.api.aws';
