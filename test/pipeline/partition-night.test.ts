import { gunzipSync } from 'node:zlib';
import { pagesOf } from '../../src/catalogue/paging.ts';
import type { RunPlan } from '../../src/domain/night.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import type { AwsReaders, Input } from '../../src/ports/aws-reader.ts';
import { buildOrganization } from '../../src/simulator/build.ts';
import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { refuse } from '../../src/simulator/refuse.ts';
import { clock, memoryStore, night, world } from '../support/world.ts';

// Nights of an organisation outside the partition `aws`: the simulated one, with the ARNs of another partition.

const partitions = ['aws-us-gov', 'aws-cn'];
const credentials = [{ service: 'bedrock.amazonaws.com' }];
const organization = buildOrganization({
  clock,
  accounts: [
    { users: [{ name: 'AssayUser', keys: [400] }] },
    {
      users: [
        { name: 'BedrockAPIKey-a1b2', credentials },
        { name: 'left', password: 400 },
      ],
      roles: [
        {
          name: 'idle',
          used: 400,
          inline: { all: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
        },
      ],
    },
  ],
});

/** Every text of a value, changed. */
function texts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (value instanceof Uint8Array) return new TextEncoder().encode(change(new TextDecoder().decode(value)));
  if (Array.isArray(value)) return value.map((it) => texts(it, change));
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, texts(it, change)]));
}

/** The simulated organisation in a partition. `isAlone`: its account is in no organisation. */
function readersIn(partition: string, isAlone = false): AwsReaders {
  const readers = simulatorReaders(organization);
  return {
    accounts: () => readers.accounts().slice(isAlone ? 1 : 0),
    for: (scope) => {
      const reader = readers.for(scope);
      const call = async <O extends Operation>(operation: O, input: Input<O>) => {
        if (isAlone && operation.startsWith('organizations:'))
          throw refuse(
            operation,
            'AWSOrganizationsNotInUseException',
            'Your account is not a member of an organization.',
          );
        const asked = texts(input, (text) => text.replaceAll(`arn:${partition}:`, 'arn:aws:')) as Input<O>;
        const answer = await reader.call(operation, asked);
        return texts(answer, (text) => text.replaceAll('arn:aws:', `arn:${partition}:`)) as typeof answer;
      };
      return { call, pages: (operation, input) => pagesOf(call, operation, input) };
    },
  };
}

const textOf = (key: string, bytes: Uint8Array): string =>
  Buffer.from(key.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();

/** Every text that a night left, by key. */
async function textsOf(readers: AwsReaders, readerRole: string | null = 'AssayReader'): Promise<Map<string, string>> {
  const store = memoryStore();
  const { settings, ...rest } = world(readers, { store });
  const { outcome, summary } = await night({ ...rest, settings: { ...settings, readerRole } });
  if (summary === undefined) throw new Error(JSON.stringify(outcome));
  return new Map(
    [...store.objects].filter(([key]) => key.startsWith('archive/')).map(([key, bytes]) => [key, textOf(key, bytes)]),
  );
}

const nights = partitions.flatMap((partition) => [
  { where: 'an organisation', partition, isAlone: false },
  { where: 'an account in no organisation', partition, isAlone: true },
]);

describe.each(nights)('a night of $where in $partition', ({ partition, isAlone }) => {
  let left: Map<string, string>;
  beforeAll(async () => {
    left = await textsOf(readersIn(partition, isAlone), isAlone ? null : 'AssayReader');
  });

  test('names nothing by an ARN of aws: no policy, no command, no finding, no page', () => {
    const found = [...left].flatMap(([key, text]) =>
      (text.match(/.{0,80}arn:aws:.{0,40}/g) ?? []).map((line) => `${key}: ${line}`),
    );
    expect(found).toEqual([]);
  });

  test('asks for SCPs, trails and deactivated keys of that partition', () => {
    const actions = [...left].flatMap(([key, text]) => (key.includes('/actions/') ? [text] : [])).join('\n');
    for (const part of [
      'iam::*:user/BedrockAPIKey-*',
      'cloudtrail:*:*:trail/*',
      'iam::aws:policy/AnthropicFullAccess',
      's3:::',
    ])
      expect(actions).toContain(`arn:${partition}:${part}`);
  });
});

test.each(['aws', ...partitions])(
  'in %s the role to assume in a member is of that partition, whoever runs the night',
  async (partition) => {
    const plan = [...(await textsOf(readersIn(partition)))].find(([key]) => key.endsWith('/plan.json'))?.[1] ?? '';
    const { accounts } = JSON.parse(plan) as RunPlan;
    expect(accounts.map(({ role }) => role)).toEqual([null, `arn:${partition}:iam::222222222222:role/AssayReader`]);
  },
);
