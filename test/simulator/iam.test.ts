import { credentialServices } from '../../src/catalogue/credential-services.ts';
import type { Refusal } from '../../src/domain/gap.ts';
import { buildOrganization } from '../../src/simulator/build.ts';
import { simulatorReaders } from '../../src/simulator/readers.ts';
import { authorizationDetails, credentialReport, global, pages } from './gather.ts';

const account = '111111111111';
const clock = '2026-10-01T06:00:00Z';
const bedrock = 'bedrock.amazonaws.com';
const document = { Statement: [{ Effect: 'Allow', Action: '*', Resource: "*!'()" }] };

const readers = () =>
  simulatorReaders(
    buildOrganization({
      clock,
      accounts: [
        {
          users: [
            {
              name: 'anna',
              created: 300,
              password: 3,
              keys: [null, 100],
              inline: { odd: document },
              groups: ['people'],
            },
            {
              name: 'nobody',
              certificate: true,
              credentials: [{ service: bedrock }, { service: bedrock, expires: -1 }],
            },
            { name: 'robot', password: null, credentials: [{ service: bedrock, status: 'Inactive' }] },
          ],
          roles: [{ name: 'used', used: 5 }, { name: 'idle' }],
        },
      ],
    }),
  );

describe('authorization details', () => {
  test('documents are encoded by RFC 3986 and decode to the policy', async () => {
    const { users, roles } = await authorizationDetails(readers(), account);
    const inline = users[0]?.UserPolicyList?.[0]?.PolicyDocument ?? '';
    expect(inline).toMatch(/^[A-Za-z0-9._~%-]+$/);
    expect(JSON.parse(decodeURIComponent(inline))).toEqual(document);
    const trust = JSON.parse(decodeURIComponent(roles[0]?.AssumeRolePolicyDocument ?? ''));
    expect(trust.Statement[0].Action).toBe('sts:AssumeRole');
  });

  test('a role has a last use, or an empty object where AWS saw none', async () => {
    const { roles } = await authorizationDetails(readers(), account);
    expect(roles.map((role) => role.RoleLastUsed)).toEqual([
      { LastUsedDate: '2026-09-26T06:00:00.000Z', Region: 'eu-central-1' },
      {},
    ]);
  });

  test('ids are of the right kind and differ', async () => {
    const { users, roles } = await authorizationDetails(readers(), account);
    const ids = [...users.map((user) => user.UserId), ...roles.map((role) => role.RoleId)];
    expect(new Set(ids).size).toBe(5);
    expect(users.every((user) => /^AIDA[A-Z0-9]{17}$/.test(user.UserId ?? ''))).toBe(true);
  });
});

describe('credential report', () => {
  test('is asked for, waited for and then there', async () => {
    const reader = readers().for(global(account));
    const states: (string | undefined)[] = [];
    const get = () => reader.call('iam:GetCredentialReport', {}).catch((error: Refusal) => error.error?.name);
    expect(await get()).toBe('CredentialReportNotPresentException');
    for (let ask = 0; ask < 3; ask++) {
      states.push((await reader.call('iam:GenerateCredentialReport', {})).output.State);
      if (ask === 0) expect(await get()).toBe('CredentialReportNotReadyException');
    }
    expect(states).toEqual(['STARTED', 'INPROGRESS', 'COMPLETE']);
    expect(await get()).toMatchObject({
      output: { ReportFormat: 'text/csv', GeneratedTime: '2026-10-01T06:00:00.000Z' },
    });
  });

  test("has AWS's 22 columns and the newer one, the root row first", async () => {
    const rows = await credentialReport(readers(), account);
    expect(Object.keys(rows[0] ?? {}).join(',')).toBe(
      'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
        'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
        'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
        'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated,additional_credentials_info',
    );
    expect(rows.map(({ user }) => user)).toEqual(['<root_account>', 'anna', 'nobody', 'robot']);
  });

  test('tells used, never used and absent credentials apart', async () => {
    const [root, anna, nobody, robot] = await credentialReport(readers(), account);
    expect(root).toMatchObject({ password_enabled: 'not_supported', password_last_used: 'no_information' });
    expect(anna).toMatchObject({
      user_creation_time: '2025-12-05T06:00:00+00:00',
      password_last_used: '2026-09-28T06:00:00+00:00',
      access_key_1_active: 'true',
      access_key_1_last_used_date: 'N/A',
      access_key_2_last_used_date: '2026-06-23T06:00:00+00:00',
      cert_1_active: 'false',
    });
    expect(nobody).toMatchObject({ password_enabled: 'false', password_last_used: 'N/A', cert_1_active: 'true' });
    expect(robot).toMatchObject({ password_enabled: 'true', password_last_used: 'no_information' });
  });
});

describe('service-specific credentials', () => {
  const operation = 'iam:ListServiceSpecificCredentials';

  test('of all users and one service come in pages', async () => {
    const found = await pages(readers(), global(account), operation, { AllUsers: true, ServiceName: bedrock });
    const all = found.flatMap((page) => page.ServiceSpecificCredentials ?? []);
    expect(found.map((page) => page.IsTruncated)).toEqual([true, false]);
    expect(all.map((it) => [it.UserName, it.Status, it.ExpirationDate])).toEqual([
      ['nobody', 'Active', undefined],
      ['nobody', 'Active', '2026-09-30T06:00:00.000Z'],
      ['robot', 'Inactive', undefined],
    ]);
  });

  test('of one user come without a service name, and of other services are none', async () => {
    const of = (input: object) => pages(readers(), global(account), operation, input);
    expect((await of({ UserName: 'robot' }))[0]?.ServiceSpecificCredentials).toHaveLength(1);
    const others = credentialServices.filter((name) => name !== bedrock);
    const found = await Promise.all(others.map((ServiceName) => of({ AllUsers: true, ServiceName })));
    expect(found.flat().flatMap((page) => page.ServiceSpecificCredentials)).toEqual([]);
  });

  test.each([
    ['both forms at once', { AllUsers: true, UserName: 'robot' }, 'ValidationError'],
    ['neither form', {}, 'ValidationError'],
    ['an unknown user', { UserName: 'ghost' }, 'NoSuchEntity'],
  ])('%s is refused', async (_, input, name) => {
    const error = await readers()
      .for(global(account))
      .call(operation, input)
      .catch((reason: unknown) => reason);
    expect((error as Refusal).error?.name).toBe(name);
  });
});
