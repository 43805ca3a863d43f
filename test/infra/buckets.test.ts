import { type Resource, resourcesOf, synthesised } from './synthesised.ts';

const template = synthesised();
const buckets = resourcesOf(template, 'AWS::S3::Bucket');
const policies = resourcesOf(template, 'AWS::S3::BucketPolicy');
const named = (all: Readonly<Record<string, Resource>>, name: string) =>
  Object.entries(all).find(([id]) => id.startsWith(name))?.[1] as Resource;

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Principal: unknown;
  readonly Condition?: unknown;
}
const statements = (name: string): Statement[] => named(policies, name).Properties.PolicyDocument.Statement;
const archiveDenies = (sid: string) => statements('Archive').find(({ Sid }) => Sid === sid);

test.each([
  { name: 'a test account', given: {}, mode: 'GOVERNANCE', days: 400 },
  { name: 'production', given: { 'assay:production': 'true' }, mode: 'COMPLIANCE', days: 400 },
  { name: 'longer', given: { 'assay:retention-days': 730 }, mode: 'GOVERNANCE', days: 730 },
])('a night cannot be deleted before its retention ends: $name', ({ given, mode, days }) => {
  expect(named(resourcesOf(synthesised(given), 'AWS::S3::Bucket'), 'Archive').Properties).toMatchObject({
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: mode, Days: days } } },
    VersioningConfiguration: { Status: 'Enabled' },
  });
});

test.each([
  { given: { 'assay:retention-days': 30 }, why: 'shorter than an audit period' },
  { given: { 'assay:production': 'maybe' }, why: 'neither yes nor no' },
  { given: { 'assay:hour': 24 }, why: 'no hour' },
])('a setting that is $why does not synthesise', ({ given }) => expect(() => synthesised(given)).toThrow());

test('nobody deletes from the archive, unlocks it or hides a night under a marker', () => {
  const everybody = { Effect: 'Deny', Principal: { AWS: '*' } };
  expect(archiveDenies('NobodyDeletes')).toMatchObject({
    ...everybody,
    Action: expect.arrayContaining(['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutLifecycleConfiguration']),
  });
  expect(archiveDenies('NobodyUnlocks')).toMatchObject({
    ...everybody,
    Action: ['s3:BypassGovernanceRetention', 's3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'],
  });
  for (const sid of ['NobodyDeletes', 'NobodyUnlocks']) expect(archiveDenies(sid)).not.toHaveProperty('Condition');
});

test('the archive takes conditional puts only', () => {
  expect(archiveDenies('OnlyConditionalPuts')).toMatchObject({
    Effect: 'Deny',
    Action: 's3:PutObject',
    Condition: { Null: { 's3:if-none-match': 'true' } },
  });
});

describe.each(Object.entries(buckets))('%s', (id, bucket) => {
  test('is private, encrypted without a key to lose, and outlives its stack', () => {
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      },
    });
  });
  test('refuses plain HTTP', () => {
    expect(statements(id.slice(0, -14))).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });
});

test('scratch expires after 30 days, the archive never', () => {
  expect(named(buckets, 'Work').Properties.LifecycleConfiguration.Rules).toContainEqual(
    expect.objectContaining({ ExpirationInDays: 30, Status: 'Enabled' }),
  );
  expect(named(buckets, 'Archive').Properties).not.toHaveProperty('LifecycleConfiguration');
});

test('the sealing key signs with P-256 and is kept', () => {
  const [key] = Object.values(resourcesOf(template, 'AWS::KMS::Key'));
  expect(key).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
  });
});
