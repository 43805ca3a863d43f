import { policyLimits, policySize } from '../../src/catalogue/reader-policy.ts';
import type { LastAccessedReport } from '../../src/domain/facts.ts';
import { holdersOf } from '../../src/judge/holders.ts';
import { ProofError, proofOf } from '../../src/least-privilege/proof.ts';
import type { Proposal } from '../../src/least-privilege/propose.ts';
import { universeOf } from '../../src/least-privilege/universe.ts';
import { usageOf } from '../../src/least-privilege/usage.ts';
import {
  allow,
  denied,
  deny,
  inline,
  managed,
  noShared,
  planned,
  read,
  recent,
  report,
  role,
  type ServiceAccess,
  user,
  window,
} from '../support/facts.ts';
import { allowedBy, decided, named, policiesOf, proposed, proposedFor, roleWith, todays } from './support.ts';

const old = '2026-01-01T00:00:00Z';
const told = (services: Readonly<Record<string, ServiceAccess>>) => read(report(services));
const s3 = told({
  s3: { at: recent, tracked: { ListAllMyBuckets: recent, PutBucketPolicy: null, DeleteBucket: old } },
});
const statementsOf = ({ policies }: Proposal) => policies.flatMap(({ document }) => document.Statement);

test.each<{ name: string; today: object; seen: ReturnType<typeof told>; left: readonly string[] }>([
  {
    name: 'a tracked action used in the window stays, one without a date and one used before it go',
    today: allow(['s3:ListAllMyBuckets', 's3:PutBucketPolicy', 's3:DeleteBucket']),
    seen: s3,
    left: ['s3:ListAllMyBuckets'],
  },
  {
    name: 'an action AWS does not track stays while its service is used',
    today: allow(['s3:GetObject', 's3:PutBucketPolicy']),
    seen: s3,
    left: ['s3:GetObject'],
  },
  {
    name: 'a service used before the window goes whole',
    today: allow(['sqs:*', 'sqs:SendMessage', 's3:GetObject']),
    seen: told({ sqs: old, s3: recent }),
    left: ['s3:GetObject'],
  },
  {
    name: 'a service the report leaves out is tracked nowhere, and stays as written',
    today: allow('execute-api:*'),
    seen: told({ s3: null }),
    left: ['execute-api:*'],
  },
  {
    name: 'a wildcard that loses nothing stays as written, case included',
    today: allow(['Bedrock:*', 's3:PutBucketPolicy']),
    seen: told({ bedrock: recent, s3: { at: recent, tracked: { PutBucketPolicy: null } } }),
    left: ['Bedrock:*'],
  },
  {
    name: 'a service nobody lists, named by a literal or by a wildcard, stays where its use is not known',
    today: allow(['foo:Bar', 'foo:Ba*', 's3:PutBucketPolicy']),
    seen: s3,
    left: ['foo:Ba*'],
  },
  { name: 'and goes where it was not used', today: allow(['foo:Bar', 'foo:Ba*']), seen: told({ foo: null }), left: [] },
  {
    name: 'an action AWS does not list yet stays by its name in a used service',
    today: allow(['s3:FrobnicateObject', 's3:PutBucketPolicy']),
    seen: s3,
    left: ['s3:FrobnicateObject'],
  },
  {
    name: 'one that only the report knows stays where it was used',
    today: allow('kms:*'),
    seen: told({ kms: { at: recent, tracked: { FrobnicateKey: recent, ...everyTracked('kms') } } }),
    left: ['kms:FrobnicateKey'],
  },
  {
    name: 'a service that only the report knows stays where it was used',
    today: allow('*'),
    seen: told({ ...everythingUnused(), newsvc: recent }),
    left: ['iam:PassRole', 'newsvc:*'], // with which a role may have been passed
  },
  {
    name: 'a `?` stands for what it stood for',
    today: allow('s3:GetBucketAc?'),
    seen: told({ s3: { at: recent, tracked: { GetBucketAcl: recent } } }),
    left: ['s3:GetBucketAc?'],
  },
  {
    name: 'a wildcard in the service is opened service by service',
    today: allow('s?s:Send*'),
    seen: told({ sqs: recent, ses: null, sms: null, sns: null, sds: null }),
    left: ['sqs:Send*'],
  },
  {
    name: 'words of a spelled-out wildcard stay together where nothing of them goes',
    today: allow('secretsmanager:*Secret*'),
    seen: told({
      secretsmanager: { at: recent, tracked: { GetSecretValue: recent, ListSecrets: null, CreateSecret: null } },
    }),
    left: [
      'secretsmanager:BatchGetSecretValue',
      'secretsmanager:CancelRotateSecret',
      'secretsmanager:DeleteSecret',
      'secretsmanager:DescribeSecret',
      'secretsmanager:GetSecretValue',
      'secretsmanager:ListSecretVersionIds',
      'secretsmanager:PutSecretValue',
      'secretsmanager:RemoveRegionsFromReplication',
      'secretsmanager:ReplicateSecretToRegions',
      'secretsmanager:RestoreSecret',
      'secretsmanager:RotateSecret',
      'secretsmanager:StopReplicationToReplica',
      'secretsmanager:UpdateSecret',
      'secretsmanager:UpdateSecretVersionStage',
    ].filter((action) => action.includes('Secret')),
  },
])('$name', ({ today, seen, left }) => {
  expect(allowedBy(proposed(proposedFor(roleWith([today]), seen)))).toEqual(left);
});

/** The tracked actions of a service, none of them used. */
function everyTracked(service: string): Record<string, null> {
  const names = universeOf([], []).actionsIn(service);
  return Object.fromEntries(names.map((name) => [name.slice(service.length + 1), null]));
}

function everythingUnused(): Record<string, null> {
  return Object.fromEntries(
    universeOf([], [])
      .services()
      .map((service) => [service, null]),
  );
}

test('NotAction becomes what it lets through of the services that were used', () => {
  const today = { Effect: 'Allow', NotAction: ['iam:*', 's3:Delete*'], Resource: '*' };
  const seen = told({ ...everythingUnused(), bedrock: recent, s3: recent });
  const { policies } = proposed(proposedFor(roleWith([today]), seen));
  const [statement] = policies[0]?.document.Statement ?? [];
  const actions = statement?.['Action'] as string[];
  expect(statement).not.toHaveProperty('NotAction');
  expect(actions).toContain('bedrock:*');
  expect(actions).toContain('s3:Get*');
  expect(actions.filter((action) => /^(iam|s3:Delete)/.test(action))).toEqual([]);
});

test('a NotAction of which nothing goes stays as it is', () => {
  const today = { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' };
  const seen = told(Object.fromEntries(Object.keys(everythingUnused()).map((service) => [service, recent])));
  expect(statementsOf(proposed(proposedFor(roleWith([today]), seen)))).toEqual([today]);
});

test('iam:PassRole is used inside calls of other services: it goes only where nothing at all was used', () => {
  const today = allow(['iam:PassRole', 'iam:CreateUser', 'lambda:CreateFunction']);
  const used = told({ iam: null, lambda: { at: recent, tracked: { CreateFunction: recent } } });
  expect(allowedBy(proposed(proposedFor(roleWith([today]), used)))).toEqual(['iam:PassRole', 'lambda:CreateFunction']);
  expect(allowedBy(proposed(proposedFor(roleWith([today]), told({ iam: null, lambda: null }))))).toEqual([]);
  expect(allowedBy(proposed(proposedFor(roleWith([today]), told({ iam: null }))))).toContain('iam:PassRole'); // lambda: not tracked
});

test('resources, conditions, policy variables and denies stay as they are written', () => {
  const mine = {
    Sid: 'Mine',
    ...allow(['s3:GetObject', 's3:PutBucketPolicy'], {
      Resource: ['arn:aws:s3:::home/${aws:username}/*'],
      Condition: { StringLike: { 'aws:PrincipalTag/Team': ['a*', 'b'] } },
    }),
  };
  const guard = { Sid: 'Guard', Effect: 'Deny', NotAction: 's3:*', NotResource: 'arn:aws:s3:::open/*' };
  const { policies } = proposed(proposedFor(roleWith([mine, guard]), s3));
  expect(policies[0]?.document).toEqual({
    Version: '2012-10-17',
    Statement: [{ ...mine, Action: 's3:GetObject', Resource: 'arn:aws:s3:::home/${aws:username}/*' }, guard],
  });
});

test('a document of 2008, whose variables are plain text, does not end up in one of 2012', () => {
  const statement = allow('s3:GetObject', { Resource: 'arn:aws:s3:::${aws:username}/*' });
  const today = role('app', null, {
    inline: [named('new', { Version: '2012-10-17', Statement: statement }), named('old', { Statement: [statement] })],
  });
  const { policies } = proposed(proposedFor(today, s3));
  expect(policies.map(({ document }) => document.Version)).toEqual(['2012-10-17', '2008-10-17']);
});

test('policies attached, inline and of groups come together, and are named as replaced', () => {
  const attached = managed('team', allow(['s3:GetObject', 's3:PutBucketPolicy']));
  const group = { arn: 'g', name: 'people', inline: [inline(allow('s3:PutObject'))], attached: [attached.arn] };
  const fact = user('ada', { groups: ['people'], attached: [attached.arn], inline: [inline(allow('sqs:*'))] });
  const result = proposed(
    proposedFor(fact, told({ s3: { at: recent, tracked: { PutBucketPolicy: null } }, sqs: null }), {
      groups: read([group]),
      policies: read([attached]),
    }),
  );
  expect(allowedBy(result)).toEqual(['s3:GetObject', 's3:PutObject']);
  expect(result.replaces).toEqual({ inline: ['inline'], attached: [attached.arn], groups: ['people'] });
  expect(result.policies[0]?.from).toEqual([[attached.arn, 'group people: inline']]);
});

test('grants on resources of other accounts count, though no reach over the own account shows them', () => {
  const today = allow('sts:AssumeRole', { Resource: 'arn:aws:iam::999999999999:role/hub' });
  const { proof, policies } = proposed(proposedFor(roleWith([today]), told({ sts: null })));
  expect(proof.diff.removed).toEqual(['sts:AssumeRole']);
  expect(policies).toEqual([]);
});

const everything = [allow(['iam:PassRole', 's3:*']), deny('s3:DeleteBucket')];
test.each<{ name: string; created: string | null; seen: Parameters<typeof proposedFor>[1]; why: string }>([
  { name: 'the report was refused', created: '2020-01-01T00:00:00Z', seen: denied, why: 'no-report' },
  { name: 'nobody asked for it', created: '2020-01-01T00:00:00Z', seen: undefined, why: 'no-report' },
  { name: 'the identity was made inside the window', created: recent, seen: s3, why: 'too-new' },
  { name: 'when it was made is not known', created: null, seen: s3, why: 'creation-unknown' },
  { name: 'it was made after the clock', created: '2027-01-01T00:00:00Z', seen: s3, why: 'creation-unknown' },
])('nothing is removed where $name', ({ created, seen, why }) => {
  const fact = { ...roleWith(everything), created };
  const result = proposed(proposedFor(fact, seen));
  expect(result.unmeasured?.why).toBe(why);
  expect(statementsOf(result)).toEqual(everything);
  expect(result.proof.diff.removed).toEqual([]);
  expect(result.proof.diff['kept-used']).toEqual([]);
});

test('a date that cannot be leaves its action not measured', () => {
  const seen = told({ s3: { at: recent, tracked: { PutBucketPolicy: '2027-01-01T00:00:00Z', DeleteBucket: null } } });
  const { proof } = proposed(proposedFor(roleWith([allow(['s3:PutBucketPolicy', 's3:DeleteBucket'])]), seen));
  expect(proof.diff).toMatchObject({ removed: ['s3:DeleteBucket'], 'kept-not-measured': ['s3:PutBucketPolicy'] });
});

test('a report about services alone takes away services, and no action that it could have told of', () => {
  const seen = read<LastAccessedReport>({ ...report({ iam: recent, sqs: null }), granularity: 'SERVICE_LEVEL' });
  const { proof } = proposed(proposedFor(roleWith([allow(['iam:CreateUser', 'iam:PassRole', 'sqs:*'])]), seen));
  expect(proof.diff['kept-not-measured']).toEqual(['iam:CreateUser']);
  expect(proof.diff['kept-untrackable']).toEqual(['iam:PassRole']);
  expect(proof.diff.removed).toContain('sqs:SendMessage');
});

test('where a policy of today cannot be read there is no new one', () => {
  const fact = role('app', null, { inline: [inline(allow('all'))] });
  expect(proposedFor(fact, s3)).toMatchObject({ unread: { code: 'UNPARSABLE' } });
  expect(proposedFor(role('app', null, { attached: ['arn:aws:iam::aws:policy/Gone'] }), s3)).toHaveProperty('unread');
});

describe('sizes', () => {
  const bucket = (at: number): string =>
    `arn:aws:s3:::a-bucket-with-a-rather-long-name-${String(at).padStart(4, '0')}/*`;
  const many = (count: number): string[] => Array.from({ length: count }, (_, at) => bucket(at));

  test('a long list of resources is split over documents that say together what it said', () => {
    const fact = roleWith([allow(['s3:GetObject', 's3:PutObject'], { Resource: many(400) })]);
    const result = proposed(proposedFor(fact, s3));
    expect(result.misfits).toEqual([]);
    expect(result.policies.length).toBeGreaterThan(3);
    for (const { document, size } of result.policies) {
      expect(size).toBe(policySize(document));
      expect(size).toBeLessThanOrEqual(policyLimits.managed);
    }
    for (const resource of [...many(400).map((it) => it.replace('*', 'x')), 'arn:aws:s3:::other/x'])
      expect(decided(policiesOf(result), 's3:PutObject', resource)).toBe(
        decided(todays(fact), 's3:PutObject', resource),
      );
  });

  test('what cannot be split is told', () => {
    const Condition = { StringEquals: { 'aws:SourceVpce': many(200) } };
    const { misfits, policies } = proposed(proposedFor(roleWith([allow('s3:GetObject', { Condition })]), s3));
    expect(misfits).toHaveLength(1);
    expect(misfits[0]).toMatch(/a statement of p0 has \d+ characters and cannot be split; a managed policy holds 6144/);
    expect(policies).toHaveLength(1);
  });

  test('more than can be attached is told', () => {
    const { misfits } = proposed(proposedFor(roleWith([allow('s3:GetObject', { Resource: many(2_000) })]), s3));
    expect(misfits.join()).toMatch(/managed policies are needed, and 10 can be attached/);
  });

  test('names are shortened to wildcards before that, none of which brings back what went', () => {
    const tracked = everyTracked('ec2');
    const names = Object.keys(tracked);
    const seen = told({
      ec2: {
        at: recent,
        tracked: { ...Object.fromEntries(names.filter((_, at) => at % 9 === 0).map((name) => [name, null])) },
      },
    });
    const copies = Array.from({ length: 4 }, (_, at) =>
      allow('ec2:*', { Resource: `arn:aws:ec2:*:*:instance/i-${at}` }),
    );
    const fact = roleWith(copies);
    const result = proposed(proposedFor(fact, seen));
    expect(result.shortened).toBe(true);
    expect(result.misfits).toEqual([]);
    const policies = policiesOf(result);
    for (const [at, name] of names.entries())
      expect(decided(policies, `ec2:${name}`, 'arn:aws:ec2:us-east-1:1:instance/i-3') === 'Allowed').toBe(at % 9 !== 0);
    expect(decided(policies, 'ec2:RunInstances', 'arn:aws:ec2:us-east-1:1:instance/i-9')).toBe('ImplicitlyDenied');
  });
});

describe('the proof', () => {
  const fact = roleWith([allow(['s3:GetObject', 's3:PutBucketPolicy'])]);
  const authorization = { users: read([]), groups: read([]), roles: read([fact]), policies: read([]) };
  const [holder] = holdersOf({ authorization }, noShared, planned);
  if (holder === undefined) throw new Error('no holder');
  const { nominal, effective } = holder;
  const universe = universeOf([], []);
  const usage = usageOf(fact, s3, new Set(['s3']), window);
  const claim = (...statements: object[]) =>
    proofOf({ nominal, effective, universe, usage, policies: todays(roleWith(statements)) });

  test('says what is lost', () => {
    const { nominal: own, asked } = claim(allow('s3:GetObject'));
    expect(own).toEqual({ lost: ['s3:PutBucketPolicy'], gained: [] });
    expect(asked).toBeGreaterThan(20_000);
  });

  test.each([
    {
      name: 'takes away what was not unused',
      statements: [deny('sqs:*')],
      says: /take away what was not unused: s3:GetObject/,
    },
    { name: 'names more actions', statements: [allow(['s3:GetObject', 'sqs:*'])], says: /name sqs:.* anew/ },
    {
      name: 'keeps what was not used',
      statements: [allow(['s3:GetObject', 's3:PutBucketPolicy'])],
      says: /keep s3:PutBucketPolicy/,
    },
    {
      name: 'holds under conditions only what is used',
      statements: [allow('s3:GetObject', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } })],
      says: /take away what was not unused: s3:GetObject/,
    },
  ])('refuses a policy that $name', ({ statements, says }) => {
    expect(() => claim(...statements)).toThrow(ProofError);
    expect(() => claim(...statements)).toThrow(says);
  });
});
