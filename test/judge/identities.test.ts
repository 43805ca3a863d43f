import type { AccountFacts } from '../../src/domain/facts.ts';
import { judgeIdentities, usersOf } from '../../src/judge/identities.ts';
import {
  clock,
  credential,
  denial,
  denied,
  factsWith,
  read,
  recent,
  report,
  reportRow,
  role,
  special,
  user,
  window,
} from '../support/facts.ts';

const withUser = (row: Parameters<typeof reportRow>[1] | null, more: Partial<AccountFacts> = {}): AccountFacts =>
  factsWith({
    authorization: { users: read([user('u')]), groups: read([]), roles: read([]), policies: read([]) },
    credentialReport: read({ generated: clock, users: row === null ? [] : [reportRow('u', row)], root: null }),
    ...more,
  });
const old = '2026-01-01T00:00:00Z';
const reported = (it: AccountFacts['lastAccessed'][string]) => ({ [user('u').arn]: it });
const sshKey = { u: read([{ id: 'k', status: 'Inactive', uploaded: null }]) };
const holding = (more: Parameters<typeof credential>[1] = {}) => ({
  byService: { 'bedrock.amazonaws.com': read([credential('u', more)]) },
  byUser: {},
});

test.each([
  {
    name: 'a password used in the window',
    facts: withUser({ passwordLastUsed: recent }),
    activity: 'used',
    lastUsed: recent,
  },
  {
    name: 'an access key used in the window, though inactive now',
    facts: withUser({ accessKeys: [{ active: false, lastUsed: recent, rotated: null }] }),
    activity: 'used',
    lastUsed: recent,
  },
  {
    name: 'a password used before the window',
    facts: withUser({ passwordLastUsed: '2026-01-01T00:00:00Z' }),
    activity: 'unused',
    lastUsed: '2026-01-01T00:00:00Z',
  },
  { name: 'no date anywhere, all sources read', facts: withUser({}), activity: 'unused', lastUsed: null },
  {
    name: 'the report refused',
    facts: withUser(null, { credentialReport: denied }),
    activity: 'unread',
    lastUsed: null,
    code: 'ACCESS_DENIED',
  },
  {
    name: 'a report that does not know the user',
    facts: withUser(null),
    activity: 'unread',
    lastUsed: null,
    code: 'NOT_IN_SNAPSHOT',
  },
  {
    name: 'a service-specific credential: its use is not in the report',
    facts: withUser({}, { serviceCredentials: holding(), lastAccessed: reported(denied) }),
    activity: 'unread',
    lastUsed: null,
    code: 'ACCESS_DENIED',
  },
  {
    name: 'such a credential about whose user nobody asked',
    facts: withUser({}, { serviceCredentials: holding() }),
    activity: 'unread',
    lastUsed: null,
    code: 'NOT_IN_SNAPSHOT',
  },
  {
    name: 'such a credential, and a last-accessed report with a use in the window',
    facts: withUser(
      {},
      { serviceCredentials: holding(), lastAccessed: reported(read(report({ bedrock: recent, s3: old }))) },
    ),
    activity: 'used',
    lastUsed: recent,
    source: 'service-last-accessed (bedrock)',
  },
  {
    name: 'such a credential, and a report with none',
    facts: withUser(
      {},
      { serviceCredentials: holding(), lastAccessed: reported(read(report({ bedrock: old, s3: null }))) },
    ),
    activity: 'unused',
    lastUsed: old,
    source: 'service-last-accessed (bedrock)',
  },
  {
    name: 'such a credential, and a report with a date that cannot be',
    facts: withUser(
      {},
      { serviceCredentials: holding(), lastAccessed: reported(read(report({ bedrock: '2027-01-01T00:00:00Z' }))) },
    ),
    activity: 'unread',
    lastUsed: null,
    code: 'IMPLAUSIBLE_DATE',
  },
  {
    name: 'a report with a use in the window, though nothing else shows one',
    facts: withUser({ passwordLastUsed: old }, { lastAccessed: reported(read(report({ s3: recent }))) }),
    activity: 'used',
    lastUsed: recent,
    source: 'service-last-accessed (s3)',
  },
  {
    name: 'a report that was refused, and no credential that needs it',
    facts: withUser({}, { lastAccessed: reported(denied) }),
    activity: 'unused',
    lastUsed: null,
  },
  {
    name: 'a report that adds but has a date that cannot be: as if it were not read',
    facts: withUser({}, { lastAccessed: reported(read(report({ s3: '2027-01-01T00:00:00Z' }))) }),
    activity: 'unused',
    lastUsed: null,
  },
  {
    name: 'the credential report refused, and a use in the last-accessed one',
    facts: withUser(null, { credentialReport: denied, lastAccessed: reported(read(report({ s3: recent }))) }),
    activity: 'used',
    lastUsed: recent,
  },
  {
    name: 'the same day in both: the credential report is named',
    facts: withUser({ passwordLastUsed: recent }, { lastAccessed: reported(read(report({ s3: recent }))) }),
    activity: 'used',
    lastUsed: recent,
    source: 'password_last_used',
  },
  {
    name: 'an inactive one as well: it could have been used in the window',
    facts: withUser({}, { serviceCredentials: holding({ status: 'Inactive' }), lastAccessed: reported(denied) }),
    activity: 'unread',
    lastUsed: null,
    code: 'ACCESS_DENIED',
  },
  {
    name: 'a credential, but the password was used: used',
    facts: withUser({ passwordLastUsed: recent }, { serviceCredentials: holding() }),
    activity: 'used',
    lastUsed: recent,
  },
  {
    name: 'an active signing certificate',
    facts: withUser({ signingCertificateActive: true }, { lastAccessed: reported(denied) }),
    activity: 'unread',
    lastUsed: null,
    code: 'ACCESS_DENIED',
  },
  {
    name: 'an active signing certificate, and a last-accessed report without a use',
    facts: withUser({ signingCertificateActive: true }, { lastAccessed: reported(read(report({ ec2: null }))) }),
    activity: 'unused',
    lastUsed: null,
  },
  {
    name: 'an SSH key: its use is not in the credential report',
    facts: withUser({}, { sshKeys: sshKey, lastAccessed: reported(denied) }),
    activity: 'unread',
    lastUsed: null,
    code: 'ACCESS_DENIED',
  },
  {
    name: 'an SSH key, and a last-accessed report with a use in the window',
    facts: withUser({}, { sshKeys: sshKey, lastAccessed: reported(read(report({ codecommit: recent }))) }),
    activity: 'used',
    lastUsed: recent,
    source: 'service-last-accessed (codecommit)',
  },
  {
    name: 'SSH keys whose listing was refused',
    facts: withUser({}, { sshKeys: { u: denied } }),
    activity: 'unread',
    lastUsed: null,
    code: 'ACCESS_DENIED',
  },
  {
    name: 'such a listing refused, and a last-accessed report without a use, which would show it',
    facts: withUser({}, { sshKeys: { u: denied }, lastAccessed: reported(read(report({ codecommit: null }))) }),
    activity: 'unused',
    lastUsed: null,
  },
  {
    name: 'SSH keys that nobody asked for',
    facts: withUser({}, { sshKeys: {} }),
    activity: 'unread',
    lastUsed: null,
    code: 'NOT_IN_SNAPSHOT',
  },
  {
    name: 'credentials whose listing was refused',
    facts: withUser({}, { serviceCredentials: { byService: { 'bedrock.amazonaws.com': denied }, byUser: {} } }),
    activity: 'unread',
    lastUsed: null,
    code: 'ACCESS_DENIED',
  },
  {
    name: 'a date far in the future',
    facts: withUser({ passwordLastUsed: '2027-01-01T00:00:00Z' }),
    activity: 'unread',
    lastUsed: null,
    code: 'IMPLAUSIBLE_DATE',
  },
  {
    name: 'such a date beside a plausible one in the window',
    facts: withUser({
      passwordLastUsed: '2027-01-01T00:00:00Z',
      accessKeys: [{ active: true, lastUsed: recent, rotated: null }],
    }),
    activity: 'used',
    lastUsed: recent,
  },
])('a user with $name is $activity', ({ facts, activity, lastUsed, code, source }) => {
  const [row] = judgeIdentities(facts, window, special);
  expect(row).toMatchObject({ activity, lastUsed });
  expect(row?.unread?.code).toBe(code);
  if (source !== undefined) expect(row?.lastUsedSource).toBe(source);
});

test('two rows of one user in the report count together: the data of AWS really has them', () => {
  const users = [reportRow('u'), reportRow('u', { passwordLastUsed: recent })];
  const [row] = judgeIdentities(
    withUser(null, { credentialReport: read({ generated: clock, users, root: null }) }),
    window,
    special,
  );
  expect(row?.activity).toBe('used');
});

const withRole = (it: ReturnType<typeof role>): AccountFacts =>
  factsWith({ authorization: { users: read([]), groups: read([]), roles: read([it]), policies: read([]) } });

test.each([
  { name: 'used in the window', it: role('r', recent), activity: 'used' },
  { name: 'used before it', it: role('r', '2025-01-01T00:00:00Z'), activity: 'unused' },
  { name: 'without recorded use', it: role('r', null), activity: 'unused' },
  { name: 'whose RoleLastUsed nobody asked for', it: role('r', null, { lastUsed: denied }), activity: 'unread' },
  {
    name: 'created after the clock and without use',
    it: role('r', null, { created: '2026-09-30T06:00:01Z' }),
    activity: 'unread',
  },
])('a role $name is $activity', ({ it, activity }) => {
  expect(judgeIdentities(withRole(it), window, special)[0]?.activity).toBe(activity);
});

test.each([
  {
    name: 'never used by RoleLastUsed, used by its report',
    it: role('r', null),
    uses: { s3: recent },
    activity: 'used',
  },
  { name: 'used by RoleLastUsed, not by its report', it: role('r', recent), uses: { s3: null }, activity: 'used' },
  {
    name: 'without RoleLastUsed, unused by its report: that replaces nothing',
    it: role('r', null, { lastUsed: denied }),
    uses: { s3: old },
    activity: 'unread',
  },
  {
    name: 'without RoleLastUsed, used by its report',
    it: role('r', null, { lastUsed: denied }),
    uses: { s3: recent },
    activity: 'used',
  },
])('a role $name is $activity', ({ it, uses, activity }) => {
  const facts = { ...withRole(it), lastAccessed: { [it.arn]: read(report(uses)) } };
  expect(judgeIdentities(facts, window, special)[0]?.activity).toBe(activity);
});

test.each([
  { created: '2026-07-02T06:00:00Z', tooNew: true },
  { created: '2026-07-02T05:59:59Z', tooNew: false },
  { created: null, tooNew: false },
])('an identity created $created is too new: $tooNew', ({ created, tooNew }) => {
  expect(judgeIdentities(withRole(role('r', null, { created })), window, special)[0]?.tooNew).toBe(tooNew);
});

test('without authorization details the report names the users, once each', () => {
  const authorization = { users: denied, groups: denied, roles: denied, policies: denied };
  const facts = factsWith({
    authorization,
    credentialReport: read({ generated: clock, users: [reportRow('a'), reportRow('a'), reportRow('b')], root: null }),
  });
  expect(usersOf(facts).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(usersOf(factsWith({ authorization, credentialReport: denied }))).toEqual([]);
  expect(denial.code).toBe('ACCESS_DENIED');
});
