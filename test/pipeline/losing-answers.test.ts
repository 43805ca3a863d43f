import fc from 'fast-check';
import { region } from '../../src/domain/ids.ts';
import type { NightSummary } from '../../src/domain/summary.ts';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import type { AwsReaders, Owner } from '../../src/ports/aws-reader.ts';
import { buildOrganization } from '../../src/simulator/build.ts';
import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { dataOf, management } from '../../src/simulator/select.ts';
import { recordingReaders } from '../../src/transcripts/record.ts';
import { replayReaders } from '../../src/transcripts/replay.ts';
import { better, clock, figure, night, world } from '../support/world.ts';

// design §3: losing data never makes a pessimistic bound better (an open figure is at its worst).

const credentials = [{ service: 'bedrock.amazonaws.com' }];
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource: '*',
  ...(Condition && { Condition }),
});
const deny = (Action: string, more: object = {}) => ({ ...allow(Action), ...more, Effect: 'Deny' });
const inline = { bedrock: document(allow('bedrock:*')) };
const keys = { keys: document(allow(['iam:CreateAccessKey', 'iam:CreateUser', 'iam:PassRole', 's3:GetObject'])) };
const inOrganization = (id: string) => ({
  p: document(allow('iam:CreateUser', { StringEquals: { 'aws:PrincipalOrgID': id } })),
});
const used = { iam: { used: 2, actions: { CreateAccessKey: 2, CreateUser: 2 } }, s3: null };
const [ou, member] = ['ou-a1b2-one', '222222222222'];
const policy = (name: string, targets: string[], ...statements: object[]) => ({
  id: `p-${name}`,
  name,
  description: '',
  awsManaged: false,
  document: document(...statements),
  targets,
});
const boundary = `arn:aws:iam::${member}:policy/boundary`;
const created = '2020-01-01T00:00:00Z';

const organization = buildOrganization({
  clock,
  units: [{ id: ou, name: 'One', parent: 'r-a1b2' }],
  scps: [
    policy('users', ['r-a1b2'], deny('iam:CreateUser')),
    policy('models', [ou], deny('bedrock:InvokeModel')),
    policy('keys', [member], deny('iam:CreateLoginProfile')),
  ],
  rcps: [policy('objects', ['r-a1b2'], deny('s3:GetObject', { Principal: '*' }))],
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
      id: member,
      parent: ou,
      groups: [
        {
          name: 'g',
          created,
          attached: [],
          inline: { p: document(allow(['iam:CreateAccessKey', 'iam:CreateLoginProfile'])) },
        },
      ],
      policies: [{ name: 'boundary', arn: boundary, created, document: document(allow(['iam:*', 's3:GetObject'])) }],
      users: [
        { name: 'a', password: 3, groups: ['g'] },
        { name: 'b', credentials, inline },
        // Reports that show a use, one of several credentials', and a date that cannot be.
        { name: 'd', credentials, inline, uses: { bedrock: 3 } },
        { name: 'e', password: 3, credentials, inline, uses: { bedrock: 3 } },
        { name: 'f', credentials, inline, uses: { bedrock: -5 } },
      ],
      roles: [
        { name: 'r', used: 200 },
        { name: 's', used: 2, inline: keys, uses: used, boundary },
        // Used, what its policies do not allow as long as the organisation is known: an attempt that was denied.
        { name: 'o', used: 2, inline: inOrganization('o-other'), uses: { iam: used.iam } },
        { name: 'p', used: 2, inline: inOrganization('o-a1b2c3d4e5'), uses: { iam: used.iam } },
        { name: 'u', used: 200, inline, uses: { bedrock: 3 } },
        { name: 'v', used: 200, inline, uses: { bedrock: -5 } },
      ],
    },
    {
      users: [{ name: 'AeaApiKey-x', credentials: [{ service: 'aws-external-anthropic.amazonaws.com', expires: -5 }] }],
      roles: [{ name: 'r' }, { name: 'k', used: 2, inline: keys, uses: used }],
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

/** A call by its owner and name; those about policies of the organisation and last use also one by one. */
const namesOf = (owner: string, { operation, input }: TranscriptLine): string[] =>
  /Polic|LastAccessed/.test(operation)
    ? [`${owner} ${operation}`, `${owner} ${operation} ${JSON.stringify(input)}`]
    : [`${owner} ${operation}`];
const calls = [...new Set(all.flatMap(({ owner, line }) => namesOf(owner, line)))].sort();

/** The night over what is left when some calls of some owners are lost. */
async function without(lost: ReadonlySet<string>): Promise<NightSummary | undefined> {
  const kept = [...recording].map(
    ([owner, lines]) => [owner, lines.filter((line) => !namesOf(owner, line).some((name) => lost.has(name)))] as const,
  );
  const dependencies = world(replayReaders(new Map(kept)));
  const settings = { ...dependencies.settings, formats: [] }; // the law is about the figures
  return (await night({ ...dependencies, settings })).summary;
}

const whole = await without(new Set());

test('the recording re-performs the night: every figure is the same', () => {
  expect(figure(whole, 'completeness.accounts')).toMatchObject({ numerator: 4, denominator: 4, open: false });
});

test.each(calls)('without %s no figure looks better', async (call) => {
  expect(better(await without(new Set([call])), whole)).toEqual([]);
});

test('without any set of calls no figure looks better than without fewer', async () => {
  const some = fc.subarray(calls, { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(some, some, async (first, second) => {
      const fewer = await without(new Set(first));
      const more = await without(new Set([...first, ...second]));
      expect(better(more, fewer)).toEqual([]);
    }),
    { numRuns: 20 },
  );
});
