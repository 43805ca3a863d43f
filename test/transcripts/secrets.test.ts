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
  { name: 'a token that only contains the prefix stays', value: `AA${claude}`, expected: `AA${claude}` },
  { name: 'a user named after a key prefix stays', value: 'AeaApiKey-1234', expected: 'AeaApiKey-1234' },
])('$name', ({ value, expected }) => {
  expect(strip(value)).toEqual(expected);
});
