import fc from 'fast-check';
import { region } from '../../src/domain/ids.ts';
import type { NightSummary } from '../../src/domain/summary.ts';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import { allMetrics } from '../../src/pipeline/judge-account.ts';
import type { AwsReaders, Owner } from '../../src/ports/aws-reader.ts';
import { buildOrganization } from '../../src/simulator/build.ts';
import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { dataOf, management } from '../../src/simulator/select.ts';
import { recordingReaders } from '../../src/transcripts/record.ts';
import { replayReaders } from '../../src/transcripts/replay.ts';
import { clock, figure, night, world } from '../support/world.ts';

// design §3: losing data never makes a pessimistic bound better (an open figure is at its worst).

const credentials = [{ service: 'bedrock.amazonaws.com' }];
const inline = { bedrock: { Statement: [{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }] } };

const organization = buildOrganization({
  clock,
  accounts: [
    {
      trails: [
        {
          name: 'org',
          organization: true,
          multiRegion: false, // so that the Region that one account opted into is not covered
          selectors: { kind: 'advanced', selectors: [management(), dataOf('AWS::Bedrock::Model')] },
        },
      ],
    },
    {
      users: [
        { name: 'a', password: 3 },
        { name: 'b', credentials, inline },
        // Reports that show a use, one of several credentials', and a date that cannot be.
        { name: 'd', credentials, inline, uses: { bedrock: 3 } },
        { name: 'e', password: 3, credentials, inline, uses: { bedrock: 3 } },
        { name: 'f', credentials, inline, uses: { bedrock: -5 } },
      ],
      roles: [
        { name: 'r', used: 200 },
        { name: 's', used: 2 },
        { name: 'u', used: 200, inline, uses: { bedrock: 3 } },
        { name: 'v', used: 200, inline, uses: { bedrock: -5 } },
      ],
    },
    {
      users: [{ name: 'AeaApiKey-x', credentials: [{ service: 'aws-external-anthropic.amazonaws.com', expires: -5 }] }],
      roles: [{ name: 'r' }],
    },
    { users: [{ name: 'c', keys: [400] }], roles: [{ name: 't', used: 30 }], optIn: [region('mx-central-1')] },
  ],
});

/** Every line of a whole night, by owner: what a person could keep as a snapshot. */
async function wholeRecording(): Promise<ReadonlyMap<Owner, readonly TranscriptLine[]>> {
  const lines = new Map<Owner, TranscriptLine[]>();
  const readers = simulatorReaders(organization);
  const taped: AwsReaders = {
    accounts: readers.accounts,
    for: (scope) =>
      recordingReaders(readers, (line) => lines.set(scope.account, [...(lines.get(scope.account) ?? []), line])).for(
        scope,
      ),
  };
  await night(world(taped));
  return lines;
}

const recording = await wholeRecording();
const all = [...recording].flatMap(([owner, lines]) => lines.map((line) => ({ owner, line })));
const calls = [...new Set(all.map(({ owner, line }) => `${owner} ${line.operation}`))].sort();

/** The night over what is left when some calls of some owners are lost. */
async function without(lost: ReadonlySet<string>): Promise<NightSummary | undefined> {
  const kept = [...recording].map(
    ([owner, lines]) => [owner, lines.filter(({ operation }) => !lost.has(`${owner} ${operation}`))] as const,
  );
  return (await night(world(replayReaders(new Map(kept))))).summary;
}

function pessimistic(summary: NightSummary | undefined, id: string): number {
  const { worse } = allMetrics.find((metric) => metric.id === id) ?? { worse: 'higher' };
  const value = figure(summary, id)?.pessimistic ?? (worse === 'higher' ? 1 : 0); // left out because nobody could be counted: the worst
  return worse === 'higher' ? -value : value;
}

const whole = await without(new Set());

test('the recording re-performs the night: every figure is the same', () => {
  expect(figure(whole, 'completeness.accounts')).toMatchObject({ numerator: 4, denominator: 4, open: false });
});

test.each(calls)('without %s no figure looks better', async (call) => {
  const lost = await without(new Set([call]));
  for (const { id } of allMetrics)
    expect([id, pessimistic(lost, id) <= pessimistic(whole, id) + 1e-12]).toEqual([id, true]);
});

test('without any set of calls no figure looks better than without fewer', async () => {
  const some = fc.subarray(calls, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(some, some, async (first, second) => {
      const fewer = await without(new Set(first));
      const more = await without(new Set([...first, ...second]));
      for (const { id } of allMetrics)
        expect([id, pessimistic(more, id) <= pessimistic(fewer, id) + 1e-12]).toEqual([id, true]);
    }),
    { numRuns: 40 },
  );
});
