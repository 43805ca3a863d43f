/** Services that issue service-specific credentials (domain facts A.6). Listed one by one: AllUsers without a name is not documented. */
export const credentialServices = [
  'aws-external-anthropic.amazonaws.com',
  'bedrock.amazonaws.com',
  'cassandra.amazonaws.com',
  'cloudwatch.amazonaws.com',
  'codecommit.amazonaws.com',
  'logs.amazonaws.com',
] as const;

/** IAM prefixes of calls that an AI API key signs (domain facts A.6, B.1). */
export const aiKeyPrefixes = ['aws-external-anthropic', 'bedrock', 'bedrock-mantle'] as const;
export type AiKeyPrefix = (typeof aiKeyPrefixes)[number];

/** Services whose credential is an AI API key, with the prefixes that it opens: a Bedrock key opens two. */
const aiKeys = {
  'aws-external-anthropic.amazonaws.com': ['aws-external-anthropic'],
  'bedrock.amazonaws.com': ['bedrock', 'bedrock-mantle'],
} as const satisfies Partial<Record<(typeof credentialServices)[number], readonly AiKeyPrefix[]>>;
export type AiKeyService = keyof typeof aiKeys;

export const aiCredentialServices: ReadonlySet<string> = new Set(Object.keys(aiKeys));

/** The services whose last access shows a use of such a credential, by their IAM namespaces. */
export const servicesOpenedBy = (service: string): readonly string[] =>
  Object.entries(aiKeys).find(([name]) => name === service)?.[1] ?? [service.slice(0, service.indexOf('.'))];

/** Managed policies that the consoles attach to the user of a key: sources differ on the one of Claude Platform (domain facts A.6, B.1). */
const ofConsoles: ReadonlySet<string> = new Set([
  'AnthropicInferenceAccess',
  'AnthropicLimitedAccess',
  'AmazonBedrockLimitedAccess',
]);

/** Whether a console attaches a policy with a key; by its ARN. */
export function isConsolePolicy(arn: string): boolean {
  const [, policy] = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn) ?? [];
  return policy !== undefined && ofConsoles.has(policy);
}
