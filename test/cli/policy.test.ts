import { readerPolicy, trustPolicy } from '../../src/catalogue/reader-policy.ts';
import { recorded } from '../support/command-line.ts';

const account = '111122223333';
const role = `arn:aws:iam::${account}:role/Assay-*`;
const organization = 'o-abcdefghij';
const scope = { partition: 'aws', readerRole: { name: 'AssayReader' } };
const trustFlags = ['--hub', role, '--external-id', 'only/we:1', '--organization', organization];
const trust = trustPolicy({
  partition: 'aws',
  hub: { account, principal: 'role/Assay-*' },
  externalId: 'only/we:1',
  organizationId: organization,
});

/** What a command prints; anything but success fails the test. */
async function printed(...flags: string[]): Promise<string> {
  const { exit, out, err } = await recorded(['policy', ...flags]);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  return out;
}
const document = async (...flags: string[]): Promise<unknown> => JSON.parse(await printed(...flags));

describe('as JSON', () => {
  test('the policy of a member, where nothing is said', async () => {
    const out = await printed();
    expect(JSON.parse(out)).toEqual(readerPolicy('member', scope));
    expect(out).toBe(await printed('--for', 'member', '--format', 'json'));
    expect(out.endsWith('}\n')).toBe(true);
  });

  test('the policy of management and hub, of an organisation or of any', async () => {
    for (const holder of ['management', 'hub'] as const) {
      expect(await document('--for', holder)).toEqual(readerPolicy(holder, scope));
      const wanted = readerPolicy(holder, { ...scope, organizationId: organization });
      expect(await document('--for', holder, '--organization', organization)).toEqual(wanted);
    }
    const named = readerPolicy('hub', { partition: 'aws-cn', readerRole: { name: 'Audit', path: '/a/b/' } });
    expect(
      await document('--for', 'hub', '--org-role', 'Audit', '--role-path', '/a/b/', '--partition', 'aws-cn'),
    ).toEqual(named);
  });

  test('the trust policy, of an account or of one role of it', async () => {
    expect(await document('--for', 'trust', ...trustFlags)).toEqual(trust);
    const open = trustPolicy({ partition: 'aws', hub: { account } });
    expect(await document('--for', 'trust', '--hub', account)).toEqual(open);
    expect(await document('--for', 'trust', '--hub', `arn:aws:iam::${account}:root`)).toEqual(open);
    expect(await document('--for', 'trust', '--hub', `arn:aws-us-gov:iam::${account}:role/A`)).toEqual(
      trustPolicy({ partition: 'aws-us-gov', hub: { account, principal: 'role/A' } }),
    );
  });
});

interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly AllowedPattern: string; readonly Default?: string }>>;
  readonly Resources: {
    readonly Reader: { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> };
  };
}

/** A template with `Fn::Sub` filled in, as CloudFormation would. */
function deployed(value: unknown, parameters: Readonly<Record<string, string>>): unknown {
  if (Array.isArray(value)) return value.map((it) => deployed(it, parameters));
  if (typeof value !== 'object' || value === null) return value;
  const { 'Fn::Sub': text } = value as { 'Fn::Sub'?: string };
  if (text !== undefined)
    return text.replace(/\$\{([\w:]+)\}/g, (_, name: string) => parameters[name] ?? `no parameter ${name}`);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, deployed(inner, parameters)]));
}

describe('as CloudFormation', () => {
  const asked = async (...flags: string[]) => (await document('--format', 'cloudformation', ...flags)) as Template;

  test('a member is a role whose trust is parameters, with the flags as defaults', async () => {
    const { Parameters = {}, Resources } = await asked(...trustFlags, '--role-path', '/audit/', '--org-role', 'R');
    const defaults = Object.fromEntries(Object.entries(Parameters).map(([name, it]) => [name, it.Default ?? '']));
    for (const [name, value] of Object.entries(defaults))
      expect([name, value]).toEqual([
        name,
        expect.stringMatching(new RegExp(Parameters[name]?.AllowedPattern ?? '^$')),
      ]);
    const { Type, Properties } = Resources.Reader;
    expect(Type).toBe('AWS::IAM::Role');
    expect(deployed(Properties, { ...defaults, 'AWS::Partition': 'aws' })).toEqual({
      RoleName: 'R',
      Path: '/audit/',
      Description: expect.any(String),
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: 'AssayReads', PolicyDocument: readerPolicy('member', scope) }],
    });
  });

  test('without a hub the account is asked for when the stack is made, and nothing else is', async () => {
    const { Parameters = {}, Resources } = await asked();
    expect(Object.keys(Parameters)).toEqual(['HubAccount']);
    expect(Parameters['HubAccount']).not.toHaveProperty('Default');
    const made = deployed(Resources.Reader.Properties, { HubAccount: account, 'AWS::Partition': 'aws-cn' });
    expect(made).toMatchObject({
      RoleName: 'AssayReader',
      AssumeRolePolicyDocument: trustPolicy({ partition: 'aws-cn', hub: { account } }),
      Policies: [{ PolicyDocument: readerPolicy('member', { ...scope, partition: 'aws-cn' }) }],
    });
  });

  test('management and hub are a managed policy to attach', async () => {
    for (const holder of ['management', 'hub'] as const) {
      const { Parameters, Resources } = await asked('--for', holder, '--organization', organization);
      expect(Parameters).toBeUndefined();
      expect(Resources.Reader.Type).toBe('AWS::IAM::ManagedPolicy');
      expect(deployed(Resources.Reader.Properties, { 'AWS::Partition': 'aws' })).toMatchObject({
        PolicyDocument: readerPolicy(holder, { ...scope, organizationId: organization }),
      });
    }
  });
});

describe('as Terraform', () => {
  const asked = (...flags: string[]) => printed('--format', 'terraform', ...flags);

  /** The documents in a text: what stands in `jsonencode(…)`, which is JSON. */
  const documentsIn = (text: string): unknown[] =>
    [...text.matchAll(/jsonencode\((.*?)\)$/gms)].map(([, json = '']) => JSON.parse(json) as unknown);

  test('a member is a role and its policy', async () => {
    const text = await asked(...trustFlags, '--role-path', '/audit/');
    expect(text.match(/^resource .*$/gm)).toEqual([
      'resource "aws_iam_role" "assay_reader" {',
      'resource "aws_iam_role_policy" "assay_reader" {',
    ]);
    expect(text).toContain('  name        = "AssayReader"\n  path        = "/audit/"\n');
    expect(text).toContain('  role = aws_iam_role.assay_reader.id\n');
    expect(documentsIn(text)).toEqual([trust, readerPolicy('member', scope)]);
  });

  test('management and hub are a policy to attach', async () => {
    for (const holder of ['management', 'hub'] as const) {
      const text = await asked('--for', holder, '--organization', organization);
      expect(text).toContain(`resource "aws_iam_policy" "assay_${holder}" {\n`);
      expect(documentsIn(text)).toEqual([readerPolicy(holder, { ...scope, organizationId: organization })]);
    }
  });

  test('has balanced brackets, no template in a text and no call of the provider', async () => {
    for (const flags of [trustFlags, ['--for', 'management'], ['--for', 'hub']]) {
      const text = await asked(...flags);
      const bare = text.replace(/"[^"\n]*"/g, '""');
      for (const [open, close] of ['{}', '[]', '()'])
        expect(bare.split(open ?? '').length).toBe(bare.split(close ?? '').length);
      expect(text).not.toMatch(/[$%]\{|^data /m);
    }
  });
});

test.each([
  [['--for', 'trust'], 'give --hub'],
  [['--format', 'terraform'], 'give --hub'],
  [['--for', 'trust', '--format', 'cloudformation', '--hub', account], '--for member --format cloudformation'],
  [['--hub', 'arn:aws-cn:iam::111122223333:role/A', '--partition', 'aws'], 'aws-cn'],
  [['--for', 'trust', '--hub', `arn:aws:iam::${account}:role/${'p/'.repeat(1_000)}r`], 'AWS takes 2048'],
  [['--for', 'everyone'], 'Allowed choices'],
  [['--format', 'yaml'], 'Allowed choices'],
  [['--partition', 'azure'], 'Allowed choices'],
  [['--hub', '12'], '12 digits'],
  [['--hub', `arn:aws:sts::${account}:assumed-role/A/b`], 'IAM role or user'],
  [['--org-role', 'audit/Reader'], '--role-path'],
  [['--org-role', '${aws:username}'], 'role name'],
  [['--role-path', 'audit'], 'begins and ends with /'],
  [['--external-id', 'a"b'], 'external ID'],
  [['--organization', 'abc'], 'o-'],
  [['extra'], 'too many arguments'],
] as const)('%j', async (flags, problem) => {
  const { exit, out, err } = await recorded(['policy', ...flags]);
  expect({ exit, out }).toEqual({ exit: 64, out: '' });
  expect(err.split('\n')[0]).toContain(problem);
});

test('a flag that the document cannot show is named, on standard error alone', async () => {
  const { exit, out, err } = await recorded(['policy', '--external-id', 'we', '--org-role', 'R']);
  expect({ exit, err }).toEqual({
    exit: 0,
    err: 'note: --org-role says nothing in this document\nnote: --external-id says nothing in this document\n',
  });
  expect(JSON.parse(out)).toEqual(readerPolicy('member', scope));
});
