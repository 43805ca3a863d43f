import { strip } from '../../src/transcripts/secrets.ts';

/** Every field in which AWS hands out a secret, written out here once more: one that is dropped from the list in the code fails. */
test.each([
  'SecretAccessKey',
  'SessionToken',
  'ServicePassword',
  'ServiceCredentialSecret',
  'Password',
  'PrivateKey',
  'Credentials',
])('%s never reaches a transcript, however deep', (field) => {
  const secret = { Id: 'stays', [field]: 's3cret' };
  const value = { ...secret, list: [secret, { inner: secret }] };
  expect(strip(value)).toEqual({ Id: 'stays', list: [{ Id: 'stays' }, { inner: { Id: 'stays' } }] });
});
