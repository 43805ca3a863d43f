import type { SharedFacts } from '../../src/domain/facts.ts';
import { accountFacts } from '../../src/pipeline/account-facts.ts';
import { fromJsonGz } from '../../src/pipeline/stored.ts';
import type { AwsReaders } from '../../src/ports/aws-reader.ts';
import { buildOrganization, type OrganizationSpec } from '../../src/simulator/build.ts';
import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { recordingReaders } from '../../src/transcripts/record.ts';
import { replayReaders } from '../../src/transcripts/replay.ts';
import { account, clock, noShared } from '../support/facts.ts';
import { refusal } from '../support/lines.ts';
import { figure, memoryStore, night, world } from '../support/world.ts';

/** What Discover leaves for the accounts of a night. */
async function sharedOf(readers: AwsReaders): Promise<SharedFacts> {
  const store = memoryStore();
  await night(world(readers, { store }));
  const [bytes] = [...store.objects].filter(([key]) => key.endsWith('organization.json.gz')).map(([, it]) => it);
  return fromJsonGz<SharedFacts>(bytes ?? new Uint8Array());
}

const fence = {
  id: 'p-fence',
  name: 'fence',
  description: '',
  awsManaged: false,
  document: { Version: '2012-10-17', Statement: [] },
  targets: ['ou-a1b2-one'],
};
const spec: OrganizationSpec = {
  clock,
  units: [{ id: 'ou-a1b2-one', name: 'One', parent: 'r-a1b2' }],
  accounts: [{}, { parent: 'ou-a1b2-one' }],
  scps: [fence],
  rcps: [{ ...fence, id: 'p-rcp', name: 'rcp' }],
};

test('policy chains: management account, root, service and resource control policies with targets', async () => {
  const shared = await sharedOf(simulatorReaders(buildOrganization(spec)));
  expect(shared).toMatchObject({
    managementAccount: { kind: 'known', value: '111111111111' },
    roots: { kind: 'known', value: ['r-a1b2'] },
    scps: { value: [{ name: 'FullAWSAccess' }, { name: 'fence', targets: { value: ['ou-a1b2-one'] } }] },
    rcps: {
      value: [
        { name: 'RCPFullAWSAccess', document: { value: { Statement: [{ Principal: '*' }] } } },
        { name: 'rcp', targets: { value: ['ou-a1b2-one'] } },
      ],
    },
  });
});

test('what was refused is unknown, each for itself', async () => {
  const organization = buildOrganization(spec);
  const [management] = organization.accounts;
  const refusing = (refuses: Record<string, string>) =>
    sharedOf(
      simulatorReaders({
        ...organization,
        accounts: organization.accounts.map((it) => (it === management ? { ...it, refuses } : it)),
      }),
    );
  expect(await refusing({ 'organizations:DescribeOrganization': 'AccessDeniedException' })).toMatchObject({
    managementAccount: { kind: 'unknown' },
    roots: { kind: 'known' },
  });
  expect(await refusing({ 'organizations:ListRoots': 'AccessDeniedException' })).toMatchObject({
    roots: { kind: 'unknown', place: { operation: 'organizations:ListRoots' } },
    scps: { kind: 'known' },
  });
  expect(await refusing({ 'organizations:ListPolicies': 'AccessDeniedException' })).toMatchObject({
    scps: { kind: 'unknown' },
    rcps: { kind: 'unknown', gap: { code: 'ACCESS_DENIED' } },
  });
});

test('in no organisation no policy of one applies, and that is known; a snapshot that does not tell knows nothing', async () => {
  const alone = refusal('organizations:DescribeOrganization', {}, 'AWSOrganizationsNotInUseException');
  const none = { kind: 'known', value: [] };
  expect(await sharedOf(replayReaders(new Map([['organization', [alone]]])))).toMatchObject({
    managementAccount: { kind: 'known', value: null },
    roots: none,
    scps: none,
    rcps: none,
  });
  const untold = { kind: 'unknown', gap: { code: 'NOT_IN_SNAPSHOT' } };
  expect(await sharedOf(replayReaders(new Map([[account, []]])))).toMatchObject({
    managementAccount: untold,
    roots: untold,
    scps: untold,
    rcps: untold,
  });
});

describe('gaps of the organisation', () => {
  const gapsOf = async (readers: AwsReaders) =>
    (await night(world(readers))).summary?.completeness.gaps.map(({ code, operation, count }) => [
      code,
      operation,
      count,
    ]);

  test('a policy that IAM would refuse is named once, however many accounts it binds', async () => {
    const broken = {
      ...fence,
      document: { Version: '2012-10-17', Statement: [{ Effect: 'Deny' }] },
      targets: ['r-a1b2'],
    };
    const readers = simulatorReaders(buildOrganization({ ...spec, accounts: [{}, {}, {}], scps: [broken], rcps: [] }));
    expect(await gapsOf(readers)).toEqual([['UNPARSABLE', 'organizations:DescribePolicy', 1]]);
  });
  test('in no organisation nothing is missing; without any answer about one, one thing is', async () => {
    const own = (gaps: Awaited<ReturnType<typeof gapsOf>>) =>
      gaps?.filter(([, operation]) => String(operation).startsWith('organizations:'));
    const alone = refusal('organizations:DescribeOrganization', {}, 'AWSOrganizationsNotInUseException');
    expect(own(await gapsOf(replayReaders(new Map([['organization', [alone]]]))))).toEqual([]);
    expect(own(await gapsOf(replayReaders(new Map([[account, []]]))))).toEqual([
      ['NOT_IN_SNAPSHOT', 'organizations:DescribeOrganization', 1],
    ]);
  });
});

describe('last-accessed reports are asked for', () => {
  const path = '/aws-service-role/support.amazonaws.com/';
  const users = [{ name: 'u' }];
  const statement = (Action: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });
  const asked = async (refuses: Record<string, string> = {}) => {
    const roles = [
      { name: 'r' },
      { name: 'reader', inline: { p: statement('ec2:DescribeInstances') } },
      { name: 'maker', inline: { p: statement('iam:CreateAccessKey') } },
      { name: 'AWSServiceRoleForSupport', path },
    ];
    const readers = simulatorReaders(buildOrganization({ clock, accounts: [{ users, roles, refuses }] }));
    const inputs: unknown[] = [];
    const taped = recordingReaders(readers, ({ operation, input }) => {
      if (operation === 'iam:GenerateServiceLastAccessedDetails') inputs.push(input);
    });
    const planned = {
      account,
      name: null,
      ou: [],
      state: 'ACTIVE',
      owner: null,
      ownerRead: true,
      action: 'collect',
      reason: null,
      role: null,
      lastPopulation: null,
    } as const;
    const { lastAccessed } = await accountFacts(
      () => taped,
      planned,
      's',
      noShared,
      async () => {},
    );
    return { inputs, known: Object.values(lastAccessed).filter(({ kind }) => kind === 'known').length };
  };
  const at = (name: string, Granularity = 'SERVICE_LEVEL') => ({ Arn: `arn:aws:iam::${account}:${name}`, Granularity });

  test('of every user and role, not of the roles of services; action by action only where a sensitive permission is held', async () => {
    const inputs = [at('user/u'), at('role/r'), at('role/reader'), at('role/maker', 'ACTION_LEVEL')];
    expect(await asked()).toEqual({ inputs, known: 4 });
  });
  test('of the users of the credential report, where nobody else names them: they may hold anything', async () => {
    const refuses = { 'iam:GetAccountAuthorizationDetails': 'AccessDenied' };
    expect(await asked(refuses)).toEqual({ inputs: [at('user/u', 'ACTION_LEVEL')], known: 1 });
  });
});

test.each([
  { name: 'a delegated administrator', own: '222222222222', says: true, unread: 'sts:AssumeRole' },
  { name: 'the management account', own: '111111111111', says: false, unread: 'cloudtrail:DescribeTrails' },
])(
  '$name: where the management account does not tell its trails, that is a gap and never none',
  async ({ own, says, unread }) => {
    const organization = buildOrganization(spec);
    const [management] = organization.accounts;
    const refuses = { 'cloudtrail:DescribeTrails': 'AccessDeniedException' };
    const readers = simulatorReaders({
      ...organization,
      accounts: organization.accounts.map((it) => (it === management ? { ...it, refuses } : it)),
    });
    const usual = world(readers);
    const settings = { ...usual.settings, own: { account: own as typeof account, partition: 'aws' } };
    const { summary } = await night({ ...usual, settings });

    const note = 'the management account 111111111111 could not be read whole';
    if (says) expect(summary?.scope.note).toContain(note);
    else expect(summary?.scope.note).toBeNull();
    const gap = summary?.completeness.gaps.find(({ operation }) => operation === unread);
    expect(gap).toMatchObject({ accounts: expect.any(Number), remedy: expect.any(String) });
    const coverage = figure(summary, 'logging.management-coverage');
    expect([coverage?.numerator, coverage?.pessimistic]).toEqual([0, 0]);
  },
);
