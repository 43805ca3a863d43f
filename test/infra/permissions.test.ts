import { nightlyFile, tasksInAll, weeklyFile } from '../../infra/workflow-tasks.ts';
import { operations } from '../../src/catalogue/operations.ts';
import { flat, resourcesOf, synthesised } from './synthesised.ts';

const template = synthesised();

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: unknown;
}

const roles = Object.keys(resourcesOf(template, 'AWS::IAM::Role'));
const policies = Object.values(resourcesOf(template, 'AWS::IAM::Policy')).map(({ Properties }) => ({
  roles: (Properties.Roles as { Ref: string }[]).map(({ Ref }) => Ref),
  statements: Properties.PolicyDocument.Statement as Statement[],
}));

/** `action on bucket/keys` for everything that the role of a task allows, besides its own log. */
function allowed(state: string): string[] {
  const role = roles.find((id) => id.startsWith(`${state}Role`)) ?? '';
  const statements = policies.filter((policy) => policy.roles.includes(role)).flatMap((policy) => policy.statements);
  return statements
    .flatMap(({ Action, Resource }) =>
      [Action]
        .flat()
        .flatMap((action) => (Array.isArray(Resource) ? Resource : [Resource]).map((it) => [action, flat(it)])),
    )
    .filter(([action = '']) => !/^logs:(Create|Put)/.test(action))
    .map(
      ([action, resource = '']) =>
        `${action} ${resource.replace(/Bucket[0-9A-F]{8}/, '').replace(/Key[0-9A-F]{8}/, '')}`,
    )
    .sort();
}

const readsWhere = (wanted: (where: string) => boolean): string[] => {
  const rows = Object.values(operations).filter(({ where }) => wanted(where));
  const actions = new Set(rows.flatMap(({ action, also = [] }) => [action, ...also]));
  return [...actions].filter((action) => !action.startsWith('sts:'));
};
const organizationReads = readsWhere((where) => where === 'organization');
const accountReads = readsWhere((where) => where !== 'organization');
const reads = (actions: readonly string[]) => actions.map((action) => `${action} *`);
const assume = 'sts:AssumeRole arn:AWS::Partition:iam::*:role/AssayReader';
const seal = [
  ...['evidence', 'reports', 'results', 'seals'].map((folder) => `s3:GetObject Archive/${folder}/*`),
  's3:PutObject Archive/seals/*',
  's3:ListBucket Archive',
  's3:GetObject Work/run=*/seal/*',
  's3:PutObject Work/run=*/seal/*',
  's3:ListBucket Work',
  'kms:GetPublicKey Sealing',
  'kms:Sign Sealing',
];

// All that each function may do, written out once more by hand: a widened permission has to be written twice.
const table: Readonly<Record<string, readonly string[]>> = {
  ClaimNight: ['s3:GetObject Work/claims/*', 's3:PutObject Work/claims/*'],
  DiscoverOrganization: [
    ...reads([...organizationReads, ...accountReads]),
    assume,
    's3:GetObject Archive/evidence/*',
    's3:GetObject Archive/results/accounts/*',
    's3:GetObject Archive/seals/*',
    's3:GetObject Work/run=*/discovered.json',
    's3:GetObject Work/run=*/partial/*',
    's3:ListBucket Archive',
    's3:ListBucket Work',
    's3:PutObject Archive/evidence/*',
    's3:PutObject Work/run=*/accounts.json',
    's3:PutObject Work/run=*/attempts/*',
    's3:PutObject Work/run=*/batches.json',
    's3:PutObject Work/run=*/discovered.json',
    's3:PutObject Work/run=*/organization.json.gz',
    's3:PutObject Work/run=*/partial/*',
  ],
  CollectAccount: [
    ...reads(accountReads),
    assume,
    's3:GetObject Archive/evidence/*',
    's3:PutObject Archive/evidence/*',
    's3:GetObject Work/run=*/organization.json.gz',
    's3:GetObject Work/run=*/partial/*',
    's3:GetObject Work/run=*/receipts/*',
    's3:ListBucket Work',
    's3:PutObject Work/run=*/attempts/*',
    's3:PutObject Work/run=*/partial/*',
    's3:PutObject Work/run=*/receipts/*',
  ],
  JudgeAccount: [
    's3:GetObject Archive/evidence/*',
    's3:GetObject Work/run=*/accounts/*',
    's3:GetObject Work/run=*/organization.json.gz',
    's3:PutObject Work/run=*/accounts/*',
  ],
  RecordAccountGap: [
    's3:GetObject Archive/evidence/*',
    's3:PutObject Archive/evidence/*',
    's3:GetObject Work/run=*/accounts/*',
    's3:PutObject Work/run=*/accounts/*',
    's3:PutObject Work/run=*/attempts/*',
  ],
  MergeBatch: [
    's3:GetObject Archive/evidence/*',
    's3:GetObject Archive/results/*',
    's3:PutObject Archive/results/*',
    's3:GetObject Work/run=*/accounts/*',
    's3:GetObject Work/run=*/organization.json.gz',
    's3:ListBucket Work',
    's3:PutObject Work/run=*/parts/*',
  ],
  MergeResults: [
    's3:GetObject Archive/evidence/*',
    's3:GetObject Archive/results/summary/*',
    's3:PutObject Archive/results/summary/*',
    's3:GetObject Archive/results/actions/*', // the changes that are made once for many accounts
    's3:PutObject Archive/results/actions/*',
    's3:GetObject Work/run=*/batches.json',
    's3:GetObject Work/run=*/parts/*',
  ],
  SelectNights: [
    's3:GetObject Archive/results/weeks/*',
    's3:GetObject Archive/seals/*',
    's3:ListBucket Archive',
    's3:PutObject Work/run=*/nights.json',
  ],
  ComparePeriod: [
    ...['accounts', 'changes', 'findings', 'summary', 'weeks'].map(
      (table) => `s3:GetObject Archive/results/${table}/*`,
    ),
    's3:GetObject Archive/seals/*',
    's3:ListBucket Archive',
    's3:PutObject Archive/results/changes/*',
    's3:PutObject Archive/results/weeks/*',
    's3:GetObject Work/run=*/nights.json',
  ],
  RenderReports: [
    's3:GetObject Archive/evidence/*',
    's3:GetObject Archive/reports/*',
    's3:GetObject Archive/results/*',
    's3:GetObject Archive/seals/*',
    's3:ListBucket Archive',
    's3:PutObject Archive/reports/*',
  ],
  SealNight: seal,
  SealFailedNight: seal,
  PublishNight: [
    's3:GetObject Archive/seals/*',
    's3:ListBucket Archive',
    's3:PutObject Portal/index.html',
    's3:PutObject Portal/latest/*',
  ],
};

test('every state has its row: a new one is not granted anything unseen', () => {
  expect(Object.keys(table).sort()).toEqual(
    tasksInAll([nightlyFile, weeklyFile])
      .map(({ state }) => state)
      .sort(),
  );
});

test.each(Object.entries(table))('%s may do exactly this', (state, wanted) =>
  expect(allowed(state)).toEqual([...wanted].sort()),
);

test('nobody holds an action with a wildcard, and nobody may delete', () => {
  const actions = policies.flatMap((policy) => policy.statements).flatMap(({ Action }) => [Action].flat());
  expect(actions.length).toBeGreaterThan(50);
  expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  expect(actions.filter((action) => /^(s3|kms):.*(Delet|Bypass|Retention|LegalHold)/.test(action))).toEqual([]);
});

test('a list is held to its prefixes', () => {
  const lists = policies.flatMap((policy) => policy.statements).filter(({ Action }) => Action === 's3:ListBucket');
  expect(lists.length).toBeGreaterThan(4);
  for (const { Condition } of lists)
    expect(Condition).toEqual({ StringLikeIfExists: { 's3:prefix': expect.anything() } });
});

test('no role carries a policy of AWS, whose actions would grow by themselves', () => {
  for (const { Properties } of Object.values(resourcesOf(template, 'AWS::IAM::Role')))
    expect(Properties).not.toHaveProperty('ManagedPolicyArns');
});
