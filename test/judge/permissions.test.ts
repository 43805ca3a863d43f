import { escalationSets } from '../../src/catalogue/escalation.ts';
import { sensitivePermissions } from '../../src/catalogue/sensitive/index.ts';
import type { AccountFacts, LastAccessedReport, RoleFact, SharedFacts } from '../../src/domain/facts.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { judgeIdentities } from '../../src/judge/identities.ts';
import { judgePermissions } from '../../src/judge/permissions.ts';
import {
  allow,
  clock,
  denied,
  deny,
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
  type ServiceAccess,
  scp,
  special,
  user,
  window,
} from '../support/facts.ts';

const judged = (facts: AccountFacts, shared: SharedFacts = noShared) =>
  judgePermissions(facts, shared, planned, judgeIdentities(facts, window, special), window);

/** An account of one role, with its last-accessed report. */
const withRole = (it: RoleFact, lastAccessed?: Reading<LastAccessedReport>): AccountFacts =>
  factsWith({
    authorization: { users: read([]), groups: read([]), roles: read([it]), policies: read([]) },
    lastAccessed: lastAccessed === undefined ? {} : { [it.arn]: lastAccessed },
  });

const [old, future] = ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'];
const both = ['iam:CreateAccessKey', 'iam:PassRole'];
/** A role that may make keys, which AWS tracks, and pass roles, which it does not. */
const keyMaker = (lastUsed: string | null, more: Partial<RoleFact> = {}) =>
  role('r', lastUsed, { inline: [inline(allow(both))], ...more });
const iam = (access: ServiceAccess): Reading<LastAccessedReport> => read(report({ iam: access }));
const tracked = (date: string | null, at: string | null = recent) => iam({ at, tracked: { CreateAccessKey: date } });

test.each<{ name: string; used: string | null; seen?: Reading<LastAccessedReport>; key: string; pass: string }>([
  {
    name: 'a tracked action used in the window',
    used: recent,
    seen: tracked(recent),
    key: 'used',
    pass: 'untrackable',
  },
  { name: 'one used before it', used: recent, seen: tracked(old), key: 'unused', pass: 'untrackable' },
  { name: 'one listed without a date', used: recent, seen: tracked(null), key: 'unused', pass: 'untrackable' },
  {
    name: 'one used in a service without a date',
    used: recent,
    seen: tracked(recent, null),
    key: 'used',
    pass: 'unused',
  },
  {
    name: 'a service without tracked actions, used',
    used: recent,
    seen: iam(recent),
    key: 'untrackable',
    pass: 'untrackable',
  },
  { name: 'a service used before the window', used: recent, seen: iam(old), key: 'unused', pass: 'unused' },
  { name: 'a service listed without a date', used: recent, seen: iam(null), key: 'unused', pass: 'unused' },
  {
    name: 'a service that is not listed',
    used: recent,
    seen: read(report({ s3: recent })),
    key: 'untrackable',
    pass: 'untrackable',
  },
  {
    name: 'a service used, of whose actions nobody asked',
    used: recent,
    seen: read({ ...report({ iam: recent }), granularity: 'SERVICE_LEVEL' }),
    key: 'unread',
    pass: 'untrackable',
  },
  {
    name: 'a service not used, of whose actions nobody asked',
    used: recent,
    seen: read({ ...report({ iam: old }), granularity: 'SERVICE_LEVEL' }),
    key: 'unused',
    pass: 'unused',
  },
  { name: 'an action dated after the clock', used: recent, seen: tracked(future), key: 'unread', pass: 'untrackable' },
  { name: 'a service dated after the clock', used: recent, seen: iam(future), key: 'unread', pass: 'unread' },
  { name: 'a report that was refused', used: recent, seen: denied, key: 'unread', pass: 'unread' },
  { name: 'a report that nobody asked for', used: recent, key: 'unread', pass: 'unread' },
  { name: 'an unused identity', used: old, seen: tracked(null, null), key: 'unused', pass: 'unused' },
  { name: 'an unused identity without a report', used: null, seen: denied, key: 'unused', pass: 'unused' },
  {
    name: 'an unused identity whose report is dated after the clock',
    used: null,
    seen: tracked(future, null),
    key: 'unused',
    pass: 'unused',
  },
  {
    name: 'an identity that was used as its report alone says',
    used: null,
    seen: tracked(recent),
    key: 'used',
    pass: 'untrackable',
  },
])('$name: the key is $key, passing is $pass', ({ used, seen, key, pass }) => {
  const states = judged(withRole(keyMaker(used), seen)).rows.flatMap(({ state, actions }) =>
    actions.map((action) => [action, state]),
  );
  expect(Object.fromEntries(states)).toEqual({ 'iam:CreateAccessKey': key, 'iam:PassRole': pass });
});

test('AWS spells a tracked action as it likes', () => {
  const seen = iam({ at: recent, tracked: { createaccesskey: recent } });
  expect(judged(withRole(keyMaker(recent), seen)).rows.map(({ state }) => state)).toContain('used');
});

test('of an identity whose activity nobody knows, the report decides where there is one', () => {
  const one = user('u', { inline: [inline(allow(both))] });
  const facts = (seen: Reading<LastAccessedReport>) =>
    factsWith({
      authorization: { users: read([one]), groups: read([]), roles: read([]), policies: read([]) },
      credentialReport: denied,
      lastAccessed: { [one.arn]: seen },
    });
  const states = (seen: Reading<LastAccessedReport>) => judged(facts(seen)).summaries.get(one.arn)?.sensitive?.nominal;
  expect(states(denied)).toMatchObject({ held: 2, unread: 2 });
  expect(states(iam(old))).toMatchObject({ held: 2, unused: 2 });
});

test('an identity created in the window is apart: its row is there, no figure counts it and no report of it is needed', () => {
  const { rows, holdings, pairs, asking, summaries } = judged(withRole(keyMaker(recent, { created: recent }), denied));
  expect(rows.map(({ state, actions }) => [state, actions])).toEqual([['too-new', both]]);
  expect({ holdings, pairs, asking }).toEqual({ holdings: [], pairs: [], asking: [] });
  const nobody = { held: 2, used: 0, unused: 0, untrackable: 0, unread: 0 };
  expect([...summaries.values()]).toMatchObject([{ sensitive: { nominal: nobody, effective: nobody } }]);
});

test.each([
  { name: 'used and holding something', it: keyMaker(recent), asks: true },
  { name: 'unused', it: keyMaker(old), asks: false },
  {
    name: 'used and holding nothing',
    it: role('r', recent, { inline: [inline(allow('ec2:DescribeInstances'))] }),
    asks: false,
  },
  { name: "Assay's own", it: keyMaker(recent, { name: 'AssayReader' }), asks: false },
])('the report of a role that is $name decides a figure: $asks', ({ it, asks }) => {
  expect(judged(withRole(it, denied)).asking).toEqual(asks ? [it.arn] : []);
});

test('rows are told apart by what is held on each basis and how it was used', () => {
  const shared = organizationWith({
    scps: read([
      fullAccess,
      scp('fence', [
        deny('iam:PassRole'),
        deny('s3:GetObject', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      ]),
    ]),
  });
  const it = keyMaker(recent, { inline: [inline(allow([...both, 's3:GetObject']))] });
  const { rows } = judged(withRole(it, tracked(recent)), shared);
  expect(
    rows.map(({ id, ...row }) => [id.slice(it.arn.length), row.nominal, row.effective, row.state, row.actions]),
  ).toEqual([
    ['/allowed/allowed/used', 'allowed', 'allowed', 'used', ['iam:CreateAccessKey']],
    ['/allowed/denied/untrackable', 'allowed', 'denied', 'untrackable', ['iam:PassRole']],
    ['/allowed/conditional/untrackable', 'allowed', 'conditional', 'untrackable', ['s3:GetObject']],
  ]);
});

test('what is denied counts on the nominal basis alone; what may be limited is unread on the effective one, even where it was used', () => {
  const it = keyMaker(recent);
  const fence = scp('fence', [deny('iam:PassRole')]);
  const known = judged(withRole(it, tracked(recent)), organizationWith({ scps: read([fullAccess, fence]) }));
  expect(known.summaries.get(it.arn)?.sensitive).toEqual({
    nominal: { held: 2, used: 1, unused: 0, untrackable: 1, unread: 0 },
    effective: { held: 1, used: 1, unused: 0, untrackable: 0, unread: 0 },
  });
  expect(known.pairs.filter((pair) => pair.class === null)).toEqual([
    { kind: 'role', agent: 'no', basis: 'effective', class: null, unusedArn: null, state: 'used', count: 1 },
    { kind: 'role', agent: 'no', basis: 'nominal', class: null, unusedArn: null, state: 'used', count: 1 },
    { kind: 'role', agent: 'no', basis: 'nominal', class: null, unusedArn: null, state: 'untrackable', count: 1 },
  ]);
  const unread = judged(withRole(it, tracked(recent)), organizationWith({ scps: denied }));
  expect(unread.summaries.get(it.arn)).toEqual({
    sensitive: {
      nominal: { held: 2, used: 1, unused: 0, untrackable: 1, unread: 0 },
      effective: { held: 2, used: 0, unused: 0, untrackable: 0, unread: 2 },
    },
    escalation: null,
  });
});

test('whose policies nobody could read may hold everything', () => {
  const every = sensitivePermissions.length;
  const facts = factsWith({
    authorization: { users: denied, groups: denied, roles: denied, policies: denied },
    credentialReport: read({ generated: clock, users: [reportRow('u', { passwordLastUsed: recent })], root: null }),
  });
  const { rows, holdings, summaries, doubts } = judged(facts);
  expect(rows).toMatchObject([{ nominal: 'unread', effective: 'unread', state: 'unread' }]);
  expect(rows[0]?.actions).toHaveLength(every);
  expect(holdings.map(({ basis, unread }) => [basis, unread])).toEqual([
    ['effective', every],
    ['nominal', every],
  ]);
  expect([...summaries.values()].map(({ escalation }) => escalation)).toEqual([null]);
  expect(doubts).toEqual([]); // the list itself is named where it was refused
});

test("roles of AWS's own services hold nothing here", () => {
  const it = keyMaker(recent, { path: '/aws-service-role/support.amazonaws.com/' });
  expect(judged(withRole(it))).toMatchObject({ rows: [], holdings: [], pairs: [] });
});

test('a pair counts once in each of its classes, and once where no class is asked for', () => {
  const [several] = sensitivePermissions.filter(({ classes }) => classes.length === 3);
  if (several === undefined) throw new TypeError('no permission is in three classes');
  const { pairs } = judged(withRole(role('r', null, { inline: [inline(allow(several.action))] })));
  const own = pairs.filter(({ basis }) => basis === 'nominal');
  expect(own.map((pair) => [pair.class, pair.state, pair.count])).toEqual(
    [null, ...several.classes].map((id) => [id, 'unused', 1]),
  );
});

describe('escalation', () => {
  const open = (actions: readonly string[], shared: SharedFacts = noShared) => {
    const it = role('r', null, { inline: [inline(allow(actions))] });
    return judged(withRole(it), shared).summaries.get(it.arn)?.escalation;
  };
  test.each(escalationSets.map(({ id, needs }) => [id, needs] as const))(
    '%s opens with all it needs, and not with less',
    (id, needs) => {
      expect(open(needs)).toContain(id);
      for (const missing of needs) {
        const rest = needs.filter((action) => action !== missing);
        if (rest.length > 0) expect(open(rest)).not.toContain(id);
      }
    },
  );
  test('what holds under a condition opens a set as well', () => {
    const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    const it = role('r', null, { inline: [inline(allow('iam:CreatePolicyVersion', { Condition }))] });
    expect(judged(withRole(it)).summaries.get(it.arn)?.escalation).toEqual(['iam-001']);
  });
  test('one permission that is denied closes a set', () => {
    const lambda = ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'];
    expect(open(lambda, organizationWith())).toEqual(['lambda-001']);
    const fence = scp('fence', [deny('lambda:Invoke*')]);
    expect(open(lambda, organizationWith({ scps: read([fullAccess, fence]) }))).toEqual([]);
  });
});
