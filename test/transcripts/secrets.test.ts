import { strip } from '../../src/transcripts/secrets.ts';

const claude = `AEAA${'a1B2'.repeat(15)}`;
const bedrock = `ABSK${'x9Y8'.repeat(12)}`;

test.each([
  {
    name: 'a secret field',
    value: { AccessKeyId: 'AKIA1', SecretAccessKey: 's', nested: [{ ServicePassword: 'p' }] },
    expected: { AccessKeyId: 'AKIA1', nested: [{}] },
  },
  { name: 'a whole key', value: claude, expected: 'REDACTED' },
  { name: 'a key in a text', value: `key: ${bedrock}, old`, expected: 'key: REDACTED, old' },
  { name: 'a key in an encoded policy', value: `%22${claude}%22`, expected: '%22REDACTED%22' },
  { name: 'a key as a name', value: { [claude]: 1 }, expected: { REDACTED: 1 } },
  ...[
    `AWS_BEARER_TOKEN_BEDROCK=${bedrock}`,
    `AWS_BEARER_TOKEN_BEDROCK=bedrock-api-key-${bedrock}`,
    `x-api-key=${claude}`,
    `https://host.example/?t=bedrock-api-key-${bedrock}`,
    `path/${bedrock}`,
    `k_${bedrock}`,
    `%3D${claude}`,
    `sk-ant-api03-${'a1-_'.repeat(20)}`,
    `aws_secret_access_key = ${'wJalr/XU+'.repeat(4)}`,
    `x-amz-security-token:${claude}${bedrock}`,
  ].map((value) => ({
    name: `a secret in \`${value.slice(0, 30)}…\``,
    value,
    expected: expect.not.stringMatching(/a1B2|x9Y8|a1-_|wJalr/),
  })),
  { name: 'the prefix inside a binary token stays', value: `q80/${claude}`, expected: `q80/${claude}` },
  { name: 'a token that only contains the prefix stays', value: `AA${claude}`, expected: `AA${claude}` },
  { name: 'a user named after a key prefix stays', value: 'AeaApiKey-1234', expected: 'AeaApiKey-1234' },
])('$name', ({ value, expected }) => {
  expect(strip(value)).toEqual(expected);
});
