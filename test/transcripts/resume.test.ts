import { noSession } from '../../src/catalogue/errors.ts';
import { accountId } from '../../src/domain/ids.ts';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import type { AwsReaders } from '../../src/ports/aws-reader.ts';
import { resumingReaders } from '../../src/transcripts/resume.ts';

const account = accountId('111122223333');
const input = { RoleArn: `arn:aws:iam::${account}:role/Reader`, RoleSessionName: 'n' };
const line = (operation: Operation, more: Partial<TranscriptLine> = {}): TranscriptLine => ({
  at: '2026-01-01T00:00:00Z',
  region: 'global',
  operation,
  input: {},
  ...more,
});

/** AWS, which notes what it is asked, and answers with nothing. */
function aws(): { readonly readers: AwsReaders; readonly asked: string[] } {
  const asked: string[] = [];
  const call = async (operation: string) => {
    asked.push(operation);
    return { output: { Account: 'asked now' }, at: null, source: null };
  };
  const readers = { for: () => ({ call, pages: () => [] }), accounts: () => [account] } as unknown as AwsReaders;
  return { readers, asked };
}
const over = (stored: readonly TranscriptLine[], readers: AwsReaders, mayAsk = true) =>
  resumingReaders(stored, readers, () => mayAsk).for({ account, region: 'global' });

test('what was answered is not asked again, but the session of a role is opened anew', async () => {
  const { readers, asked } = aws();
  const stored = [
    line('sts:AssumeRole', { input, output: { AssumedRoleUser: { Arn: 'then' } } }),
    line('iam:GetAccountSummary', { output: { SummaryMap: { Users: 1 } } }),
  ];
  const reader = over(stored, readers);
  expect((await reader.call('sts:AssumeRole', input)).output).toEqual({ AssumedRoleUser: { Arn: 'then' } });
  expect((await reader.call('iam:GetAccountSummary', {})).output).toEqual({ SummaryMap: { Users: 1 } });
  expect(asked).toEqual(['sts:AssumeRole']);
});

test.each([
  'ThrottlingException',
  'RequestTimeout',
  'ExpiredToken',
  'CredentialsProviderError',
  'ECONNRESET',
  'ENOTFOUND',
  noSession,
])('%s is asked again: it may have passed', async (name) => {
  const { readers, asked } = aws();
  const reader = over([line('iam:GetAccountSummary', { error: { name, message: 'm' } })], readers);
  expect((await reader.call('iam:GetAccountSummary', {})).output).toEqual({ Account: 'asked now' });
  expect(asked).toEqual(['iam:GetAccountSummary']);
});

test.each(['AccessDenied', 'NoSuchEntity'])('%s is not asked again: it was AWS’s answer', async (name) => {
  const { readers, asked } = aws();
  const reader = over([line('iam:GetAccountSummary', { error: { name, message: 'm' } })], readers);
  await expect(reader.call('iam:GetAccountSummary', {})).rejects.toMatchObject({ error: { name } });
  expect(asked).toEqual([]);
});

test('without time for a question nothing is asked', async () => {
  const { readers, asked } = aws();
  await expect(over([], readers, false).call('iam:GetAccountSummary', {})).rejects.toMatchObject({ name: 'OutOfTime' });
  expect(asked).toEqual([]);
});
