import { Refusal } from '../../src/domain/gap.ts';
import type { AccountId, Region } from '../../src/domain/ids.ts';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import type { AwsReader, Owner } from '../../src/ports/aws-reader.ts';
import { replayReaders } from '../../src/transcripts/replay.ts';

const account = '111111111111' as AccountId;
const line = (rest: Partial<TranscriptLine>): TranscriptLine => ({
  region: 'global',
  operation: 'iam:GenerateCredentialReport',
  input: {},
  ...rest,
});
const readerOf = (...lines: TranscriptLine[]): AwsReader =>
  replayReaders(new Map([[account, lines]])).for({ account, region: 'global' });
const gapOf = (asking: Promise<unknown>) =>
  asking.then(
    () => 'answered',
    (error: unknown) => (error instanceof Refusal ? error.gap : Promise.reject(error)),
  );

test('equal calls are answered in the order of their lines, and the last repeats', async () => {
  const reader = readerOf(
    line({ output: { State: 'STARTED' } }),
    line({ output: { State: 'INPROGRESS' } }),
    line({ output: { State: 'COMPLETE' } }),
  );
  const states: unknown[] = [];
  for (let call = 0; call < 5; call++)
    states.push((await reader.call('iam:GenerateCredentialReport', {})).output.State);
  expect(states).toEqual(['STARTED', 'INPROGRESS', 'COMPLETE', 'COMPLETE', 'COMPLETE']);
});

test('an answer carries the moment and the file of its line, null where there is none', async () => {
  const noted = readerOf(line({ output: {}, at: '2026-01-01T00:00:00Z', source: 'file.json' }));
  expect(await noted.call('iam:GenerateCredentialReport', {})).toEqual({
    output: {},
    at: '2026-01-01T00:00:00Z',
    source: 'file.json',
  });
  expect(await readerOf(line({ output: {} })).call('iam:GenerateCredentialReport', {})).toEqual({
    output: {},
    at: null,
    source: null,
  });
});

describe('what no line answers is unknown', () => {
  const readers = replayReaders(new Map<Owner, TranscriptLine[]>([[account, [line({ output: {} })]]]));
  const missing = { code: 'NOT_IN_SNAPSHOT', operation: 'iam:GenerateCredentialReport' };
  test.each([
    { name: 'another account', scope: { account: '222222222222' as AccountId, region: 'global' as const } },
    { name: 'the organisation', scope: { account: 'organization' as const, region: 'global' as const } },
  ])('in $name', async ({ scope }) => {
    expect(await gapOf(readers.for(scope).call('iam:GenerateCredentialReport', {}))).toEqual(missing);
  });

  test('and the refusal says whether any other call of its kind is answered', async () => {
    const nameOf = (asking: Promise<unknown>) => asking.catch((error: Refusal) => error.error?.name);
    const reader = readers.for({ account, region: 'global' });
    const other = { Arn: 'x' } as never;
    expect(await nameOf(reader.call('iam:GenerateCredentialReport', other))).toBeUndefined();
    expect(await nameOf(reader.call('iam:ListServiceSpecificCredentials', {}))).toBe('NoneInSnapshot');
    const regional = readers.for({ account, region: 'eu-west-1' as Region });
    expect(await nameOf(regional.call('iam:GenerateCredentialReport', {}))).toBe('NoneInSnapshot');
  });

  test('for another input', async () => {
    const reader = readers.for({ account, region: 'global' });
    expect(await gapOf(reader.call('iam:ListServiceSpecificCredentials', { UserName: 'ann' }))).toEqual({
      code: 'NOT_IN_SNAPSHOT',
      operation: 'iam:ListServiceSpecificCredentials',
    });
  });
});

test('a recorded error is the refusal it was, with its own words', async () => {
  const error = { name: 'AccessDenied', message: 'no' };
  const asking = readerOf(line({ error })).call('iam:GenerateCredentialReport', {});
  await expect(asking).rejects.toMatchObject({
    gap: { code: 'ACCESS_DENIED', action: 'iam:GenerateCredentialReport' },
    error,
  });
});

test('accounts are the owners without the organisation, sorted', () => {
  const owners: Owner[] = ['222222222222' as AccountId, 'organization', account];
  expect(replayReaders(new Map(owners.map((owner) => [owner, []]))).accounts()).toEqual([account, '222222222222']);
});
