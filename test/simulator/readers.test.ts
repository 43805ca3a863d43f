import { operations } from '../../src/catalogue/operations.ts';
import { Refusal } from '../../src/domain/gap.ts';
import { answers } from '../../src/simulator/answers.ts';
import { buildOrganization } from '../../src/simulator/build.ts';
import { simulatorReaders } from '../../src/simulator/readers.ts';
import { authorizationDetails, global, inRegion, organization, pages } from './gather.ts';

const management = '111111111111';
const member = '222222222222';
const roleArn = `arn:aws:iam::${member}:role/AssayReader`;
const assume = { RoleArn: roleArn, RoleSessionName: 'assay' };

/** The error and gap of a call that must be refused. */
async function refusal(call: Promise<unknown>): Promise<Refusal> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Refusal);
  return error as Refusal;
}

test('every operation of the table has an answer, and no other has', () => {
  expect(Object.keys(answers).sort()).toEqual(Object.keys(operations).sort());
});

test('an answer is dated by the clock and comes from no file', async () => {
  const readers = simulatorReaders(buildOrganization({ clock: '2026-09-09T00:00:00Z' }));
  const answer = await readers.for(organization).call('organizations:DescribeOrganization', {});
  expect(answer).toMatchObject({ at: '2026-09-09T00:00:00Z', source: null });
  expect(answer.output.Organization?.MasterAccountId).toBe(management);
});

test('accounts are known in the order of their ids', () => {
  const readers = simulatorReaders(buildOrganization({ accounts: [{ id: '999999999999' }, { id: member }] }));
  expect(readers.accounts()).toEqual([member, '999999999999']);
});

describe('paging', () => {
  const users = Array.from({ length: 23 }, (_, index) => ({ name: `user-${index}` }));

  test('pages of authorization details join to the whole, across kinds', async () => {
    const readers = simulatorReaders(buildOrganization({ accounts: [{ users, roles: [{ name: 'app' }] }] }));
    const found = await authorizationDetails(readers, management);
    expect(found.users.map(({ UserName }) => UserName)).toEqual(users.map(({ name }) => name));
    expect(found.roles).toHaveLength(1);
    expect(found.pages).toBe(3);
  });

  test('a list of accounts begins with an empty page that has a token', async () => {
    const accounts = Array.from({ length: 5 }, () => ({}));
    const readers = simulatorReaders(buildOrganization({ accounts }));
    const input = { ParentId: 'r-a1b2' };
    const found = await pages(readers, organization, 'organizations:ListAccountsForParent', input);
    expect(found.map((page) => [page.Accounts?.length, page.NextToken !== undefined])).toEqual([
      [0, true],
      [3, true],
      [2, false],
    ]);
  });

  test('a token of another list is refused', async () => {
    const readers = simulatorReaders(buildOrganization({ accounts: [{ users }] }));
    const { output } = await readers.for(global(management)).call('account:ListRegions', {});
    const Marker = output.NextToken ?? '';
    const { error } = await refusal(
      readers.for(global(management)).call('iam:GetAccountAuthorizationDetails', { Marker }),
    );
    expect(error?.name).toBe('ValidationError');
  });
});

describe('refusals', () => {
  const accounts = (refuses: Record<string, string>) => [{}, { refuses }];

  test('a role that can be assumed names its session', async () => {
    const readers = simulatorReaders(buildOrganization({ accounts: [{}, {}] }));
    const { output } = await readers.for(global(member)).call('sts:AssumeRole', assume);
    expect(output.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${member}:assumed-role/AssayReader/assay`);
  });

  test('a denied role is a gap that names it, and nothing else answers there', async () => {
    const readers = simulatorReaders(buildOrganization({ accounts: accounts({ 'sts:AssumeRole': 'AccessDenied' }) }));
    const { gap, error } = await refusal(readers.for(global(member)).call('sts:AssumeRole', assume));
    expect(gap).toEqual({ code: 'ROLE_NOT_ASSUMED', role: roleArn });
    expect(error?.name).toBe('AccessDenied');
    await refusal(readers.for(global(member)).call('account:ListRegions', {}));
  });

  test.each([
    ['a role that does not exist', [{}, {}], `arn:aws:iam::${member}:role/Other`],
    ['a suspended account', [{}, { state: 'SUSPENDED' as const }], roleArn],
  ])('%s cannot be assumed', async (_, given, RoleArn) => {
    const readers = simulatorReaders(buildOrganization({ accounts: given }));
    const { gap } = await refusal(readers.for(global(member)).call('sts:AssumeRole', { ...assume, RoleArn }));
    expect(gap).toEqual({ code: 'ROLE_NOT_ASSUMED', role: RoleArn });
  });

  test.each([
    ['ThrottlingException', 'THROTTLED'],
    ['AccessDenied', 'ACCESS_DENIED'],
  ])('a planted %s is the gap %s, and other calls answer', async (name, code) => {
    const refuses = { 'iam:GetAccountAuthorizationDetails': name };
    const readers = simulatorReaders(buildOrganization({ accounts: accounts(refuses) }));
    const { gap, error } = await refusal(readers.for(global(member)).call('iam:GetAccountAuthorizationDetails', {}));
    expect([gap.code, error?.name]).toEqual([code, name]);
    expect((await readers.for(global(member)).call('account:ListRegions', {})).output.Regions).toHaveLength(10);
  });

  test('a member may not ask about the organisation', async () => {
    const readers = simulatorReaders(buildOrganization({ accounts: [{}, {}] }));
    const { error } = await refusal(readers.for(global(member)).call('organizations:ListRoots', {}));
    expect(error?.name).toBe('AccessDeniedException');
  });

  test('a Region that is not enabled does not know the caller', async () => {
    const readers = simulatorReaders(buildOrganization());
    const { error } = await refusal(
      readers.for(inRegion(management, 'eu-south-1')).call('cloudtrail:DescribeTrails', {}),
    );
    expect(error?.name).toBe('UnrecognizedClientException');
  });

  test('parents and policies that do not exist are refused by their AWS names', async () => {
    const reader = simulatorReaders(buildOrganization()).for(organization);
    const parent = await refusal(reader.call('organizations:ListAccountsForParent', { ParentId: 'ou-a1b2-nowhere1' }));
    const policy = await refusal(reader.call('organizations:DescribePolicy', { PolicyId: 'p-nothing1' }));
    expect([parent.error?.name, policy.error?.name]).toEqual(['ParentNotFoundException', 'PolicyNotFoundException']);
  });
});

test('Regions are filtered by how they were enabled', async () => {
  const readers = simulatorReaders(buildOrganization({ accounts: [{ optIn: ['mx-central-1' as never] }] }));
  const contains = { RegionOptStatusContains: ['ENABLED' as const, 'ENABLED_BY_DEFAULT' as const] };
  const found = await pages(readers, global(management), 'account:ListRegions', contains);
  const regions = found.flatMap((page) => page.Regions ?? []);
  expect(found.length).toBe(2);
  expect(regions).toHaveLength(18);
  expect(regions).toContainEqual({ RegionName: 'mx-central-1', RegionOptStatus: 'ENABLED' });
});
