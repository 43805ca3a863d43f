/** Services that issue service-specific credentials (domain facts A.6). Listed one by one: AllUsers without a name is not documented. */
export const credentialServices = [
  'aws-external-anthropic.amazonaws.com',
  'bedrock.amazonaws.com',
  'cassandra.amazonaws.com',
  'cloudwatch.amazonaws.com',
  'codecommit.amazonaws.com',
  'logs.amazonaws.com',
] as const;

/** Those whose credential is an AI API key. */
export const aiCredentialServices: ReadonlySet<string> = new Set([
  'aws-external-anthropic.amazonaws.com',
  'bedrock.amazonaws.com',
]);

/** The services whose last access shows a use of such a credential, by their IAM namespaces: a Bedrock key opens two. */
export function servicesOpenedBy(service: string): readonly string[] {
  const namespace = service.slice(0, service.indexOf('.'));
  return namespace === 'bedrock' ? ['bedrock', 'bedrock-mantle'] : [namespace];
}

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
