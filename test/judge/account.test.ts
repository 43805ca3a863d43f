import type { AccountFacts, SharedFacts } from '../../src/domain/facts.ts';
import { unknown } from '../../src/domain/reading.ts';
import { judgeAccount } from '../../src/judge/account.ts';
import {
  account,
  allow,
  clock,
  credential,
  denied,
  factsWith,
  fullAccess,
  inline,
  noShared,
  organizationWith,
  planned,
  read,
  recent,
  report,
  reportRow,
  role,
  special,
  user,
  window,
} from '../support/facts.ts';

const operation = 'iam:GenerateServiceLastAccessedDetails';
const place = { region: 'global', operation };
const absent = unknown({ code: 'NOT_IN_SNAPSHOT', operation }, place);
const refused = unknown({ code: 'ACCESS_DENIED', action: operation }, place);
const roles = Array.from({ length: 50 }, (_, index) => role(`r${index}`, null));

/** An account of one user, who holds a Bedrock key or nothing, and fifty roles. */
const facts = (holds: boolean, lastAccessed: (arn: string) => AccountFacts['lastAccessed'][string]): AccountFacts =>
  factsWith({
    authorization: { users: read([user('u')]), groups: read([]), roles: read(roles), policies: read([]) },
    credentialReport: read({ generated: clock, users: [reportRow('u')], root: null }),
    serviceCredentials: {
      byService: {
        'bedrock.amazonaws.com': read(holds ? [credential('u')] : []),
        'aws-external-anthropic.amazonaws.com': read([]),
      },
      byUser: {},
    },
    lastAccessed: Object.fromEntries([user('u'), ...roles].map(({ arn }) => [arn, lastAccessed(arn)])),
  });

const judged = (it: AccountFacts, shared: SharedFacts = noShared) =>
  judgeAccount(it, shared, planned, { account, attempt: 1, evidence: [] }, { window, special, metrics: [] });
const gapsOf = (it: AccountFacts) => judged(it).gaps.map(({ collector, gap }) => `${collector} ${gap.code}`);

test('one reason for all identities is one gap; another reason is another', () => {
  expect(gapsOf(facts(true, () => absent))).toEqual(['last-accessed NOT_IN_SNAPSHOT']);
  const mixed = facts(true, (arn) => (arn.endsWith('r7') ? refused : absent));
  expect(gapsOf(mixed).sort()).toEqual(['last-accessed ACCESS_DENIED', 'last-accessed NOT_IN_SNAPSHOT']);
});

test.each([
  { name: 'a user who holds a key needs it and it was refused', holds: true, unread: 'u', status: 'partial' },
  { name: 'a role that holds nothing has its RoleLastUsed', holds: true, unread: 'r7', status: 'measured' },
  { name: 'a user who holds nothing has the credential report', holds: false, unread: 'u', status: 'measured' },
])('$name: the account is $status, and the gap is named', ({ holds, unread, status }) => {
  const it = facts(holds, (arn) => (arn.endsWith(`/${unread}`) ? refused : read(report({ bedrock: null }))));
  expect(judged(it).row.status).toBe(status);
  expect(gapsOf(it)).toEqual(['last-accessed ACCESS_DENIED']);
});

test('an account without its credential report is not measured whole', () => {
  const whole = facts(false, () => read(report({ bedrock: null })));
  expect(judged(whole).row.status).toBe('measured');
  expect(judged({ ...whole, credentialReport: denied }).row.status).toBe('partial');
});

test('a date that cannot be is a gap of the call that gave it', () => {
  const it = facts(true, () => read(report({ bedrock: '2027-01-01T00:00:00Z' })));
  expect(judged(it).gaps).toMatchObject([
    {
      operation: 'iam:GetServiceLastAccessedDetails',
      gap: { code: 'IMPLAUSIBLE_DATE', what: 'service-last-accessed (bedrock)' },
    },
  ]);
});

describe('a report that a permission figure needs', () => {
  const keys = [inline(allow('iam:CreateAccessKey'))];
  const withRole = (it: ReturnType<typeof role>, lastAccessed: AccountFacts['lastAccessed'] = { [it.arn]: refused }) =>
    factsWith({
      authorization: { users: read([]), groups: read([]), roles: read([it]), policies: read([]) },
      lastAccessed,
    });
  test.each([
    { name: 'used, holding a sensitive permission', it: role('r', recent, { inline: keys }), status: 'partial' },
    { name: 'unused', it: role('r', null, { inline: keys }), status: 'measured' },
    { name: 'holding nothing', it: role('r', recent), status: 'measured' },
    { name: 'too new', it: role('r', recent, { inline: keys, created: recent }), status: 'measured' },
    {
      name: 'of a kind that is not counted',
      it: role('AssayReader', recent, { inline: keys }),
      status: 'measured',
    },
    {
      name: 'used, and nobody knows what it holds',
      it: role('r', recent, { inline: [inline({ Effect: 'Allow' })] }),
      status: 'partial',
    },
  ])('of a role that is $name: the account is $status', ({ it, status }) => {
    expect(judged(withRole(it)).row.status).toBe(status);
  });
  test('one that nobody asked for was not read either', () => {
    expect(judged(withRole(role('r', recent, { inline: keys }), {})).row.status).toBe('partial');
  });
  test('one about services alone, of an identity whose actions AWS tracks, was half asked: the account is partly measured, with a gap', () => {
    const it = role('r', recent, { inline: keys });
    const seen = read({ ...report({ iam: recent }), granularity: 'SERVICE_LEVEL' as const });
    const { row, gaps } = judged(withRole(it, { [it.arn]: seen }));
    expect(row.status).toBe('partial');
    expect(gaps).toMatchObject([
      { operation: 'iam:GenerateServiceLastAccessedDetails', gap: { code: 'NOT_IN_SNAPSHOT' } },
    ]);
  });
  test('a policy that IAM would refuse leaves open what its holder may do: the account is partly measured, and the gap is the reason', () => {
    const it = role('r', recent, { inline: [inline({ Effect: 'Allow' })] });
    const { row, gaps } = judged(withRole(it, { [it.arn]: read(report({ iam: recent })) }));
    expect([row.status, row.reason]).toEqual(['partial', gaps[0]?.cause]);
    expect(gaps).toMatchObject([
      { collector: 'permissions', operation: 'iam:GetAccountAuthorizationDetails', gap: { code: 'UNPARSABLE' } },
    ]);
  });
  test('a text that was refused is named once, by its collector', () => {
    const it = role('r', null, { inline: [{ name: 'p', document: denied }] });
    expect(gapsOf(withRole(it))).toEqual(['authorization-details ACCESS_DENIED', 'last-accessed ACCESS_DENIED']);
  });
});

describe('what the organisation did not answer', () => {
  const nobody = factsWith();
  const operation = 'some:Action';
  test.each([
    { name: 'SCPs', shared: organizationWith({ scps: denied }), status: 'partial' },
    { name: 'RCPs', shared: organizationWith({ rcps: denied }), status: 'partial' },
    { name: 'the tree', shared: organizationWith({ roots: denied }), status: 'partial' },
    { name: 'the management account', shared: organizationWith({ managementAccount: denied }), status: 'partial' },
    {
      name: 'SCPs, which do not bind the management account',
      shared: { ...organizationWith({ scps: denied }), managementAccount: read(account) },
      status: 'measured',
    },
    { name: 'nothing', shared: organizationWith(), status: 'measured' },
    { name: 'nothing, for there is none', shared: noShared, status: 'measured' },
  ])('$name: the account is $status; the gap is named there, not here', ({ shared, status }) => {
    const { row, gaps } = judged(nobody, shared);
    expect([row.status, row.reason]).toEqual([
      status,
      status === 'partial' ? `the reader role may not call ${operation}` : null,
    ]);
    expect(gaps).toEqual([]);
  });
  test('a level without a policy is named by the account that lies there', () => {
    const shared = organizationWith({ scps: read([{ ...fullAccess, targets: read(['r-1']) }]) });
    const it = role('r', null, { inline: [inline(allow('iam:CreateAccessKey'))] });
    const facts = factsWith({
      authorization: { users: read([]), groups: read([]), roles: read([it]), policies: read([]) },
    });
    expect(judged(facts, shared).gaps.map(({ operation }) => operation)).toEqual([
      'organizations:ListTargetsForPolicy',
      'organizations:ListTargetsForPolicy',
    ]);
  });
  test('an account of which nothing was answered has failed, whatever the organisation answers', () => {
    const lost = { users: denied, groups: denied, roles: denied, policies: denied };
    const facts = factsWith({
      regions: { ...nobody.regions, reading: denied },
      authorization: lost,
      credentialReport: denied,
      serviceCredentials: { byService: { all: denied }, byUser: {} },
      logging: { trails: { 'us-east-1': denied }, stores: { 'us-east-1': denied } },
    });
    expect(judged(facts, organizationWith()).row.status).toBe('failed');
  });
});
