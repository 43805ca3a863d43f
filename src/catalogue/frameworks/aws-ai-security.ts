import { type Framework, requirementsOf } from './framework.ts';

/** The AWS AI Security Framework, by the ids that a public mapping gives it, with labels of our own. */
export const awsAiSecurity: Framework<'aws-ai-security'> = {
  id: 'aws-ai-security',
  name: 'AWS AI Security Framework',
  listed: 'The five requirements that we could read the meaning of. Its others are not listed here.',
  source: 'Ids as in a public mapping for AWS (63 of them); AWS itself publishes no list of ids that we read.',
  requirements: requirementsOf([
    [
      'AISF-IAM-02',
      'Least privilege',
      'Sensitive permissions without use, full-access policies of AI services, paths to more rights.',
      'Whether a permission that is used is needed.',
    ],
    [
      'AISF-IAM-03',
      'Temporary credentials',
      'Long-term AI API keys and access keys: number, age, expiry.',
      'What workloads use instead.',
    ],
    [
      'AISF-AI-05',
      'Model calls are logged',
      'Model invocation logging in every account and Region.',
      'Models that are not called through Bedrock’s runtime.',
    ],
    [
      'AISF-AI-06',
      'AI events reach CloudTrail',
      'Data events of AI services in every account and Region.',
      'Events that CloudTrail does not offer.',
    ],
    [
      'AISF-DETECT-01',
      'A baseline of trails',
      'Management events everywhere, signed files, delivery.',
      'Who reads them.',
    ],
  ]),
};
