import type { AuthorizationDetails, RoleFact, ScpFact, SharedFacts, UserFact } from '../../src/domain/facts.ts';
import { accountId } from '../../src/domain/ids.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { ActionSet } from '../../src/iam/action-set.ts';
import { reach } from '../../src/iam/reach.ts';
import { holdersOf, limitReadings } from '../../src/judge/holders.ts';
import { judgeIdentities } from '../../src/judge/identities.ts';
import { judgePermissions } from '../../src/judge/permissions.ts';
import {
  account,
  allow,
  denial,
  denied,
  deny,
  document,
  factsWith,
  fullAccess,
  fullRcp,
  inline,
  managed,
  noShared,
  organizationWith,
  path,
  planned,
  read,
  role,
  scp,
  special,
  user,
  window,
} from '../support/facts.ts';

const detailsOf = (identity: UserFact | RoleFact, more: Partial<AuthorizationDetails> = {}): AuthorizationDetails => ({
  users: read('groups' in identity ? [identity] : []),
  groups: read([]),
  roles: read('groups' in identity ? [] : [identity]),
  policies: read([]),
  ...more,
});

/** What an identity is found to hold of one action on each basis; `none` = no row. */
function heldOf(
  action: string,
  identity: UserFact | RoleFact,
  shared: SharedFacts = noShared,
  more: Partial<AuthorizationDetails> = {},
) {
  const facts = factsWith({ authorization: detailsOf(identity, more) });
  const identities = judgeIdentities(facts, window, special);
  const { rows } = judgePermissions(facts, shared, planned, identities, window);
  const row = rows.find(({ actions }) => actions.includes(action));
  return row === undefined ? 'none' : `${row.nominal} ${row.effective}`;
}

const read3 = ['iam:CreateUser', 's3:GetObject', 'bedrock:InvokeModel'];
const one = role('r', null, { inline: [inline(allow(read3))] });
const rcp = (name: string, action: string, more: Partial<ScpFact> = {}): ScpFact =>
  scp(name, [{ ...deny(action), Principal: '*' }], more);
const at = (target: string) => ({ targets: read([target]) });
const scps = (...list: ScpFact[]) => organizationWith({ scps: read([fullAccess, ...list]) });
const rcps = (...list: ScpFact[]) => organizationWith({ rcps: read([fullRcp, ...list]) });
const unless = { Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-central-1' } } };
const only = (target: string, statements: readonly Record<string, unknown>[]): SharedFacts => {
  const rest = [path.root, path.ou, account].filter((it) => it !== target);
  return organizationWith({
    scps: read([{ ...fullAccess, targets: read(rest) }, scp('list', statements, at(target))]),
  });
};

describe('limits of the organisation', () => {
  test.each<{ name: string; shared: SharedFacts; user: string; object?: string }>([
    { name: 'no organisation', shared: noShared, user: 'allowed' },
    { name: 'nothing but full access', shared: organizationWith(), user: 'allowed' },
    { name: 'a denial at the root', shared: scps(scp('d', [deny('iam:*')])), user: 'denied', object: 'allowed' },
    {
      name: 'a denial at the OU',
      shared: scps(scp('d', [deny('iam:*')], at(path.ou))),
      user: 'denied',
      object: 'allowed',
    },
    {
      name: 'a denial at the account',
      shared: scps(scp('d', [deny('iam:*')], at(account))),
      user: 'denied',
      object: 'allowed',
    },
    { name: 'a denial somewhere else', shared: scps(scp('d', [deny('iam:*')], at('ou-2'))), user: 'allowed' },
    {
      name: 'a denial under a condition',
      shared: scps(scp('d', [deny('iam:*', unless)])),
      user: 'conditional',
      object: 'allowed',
    },
    {
      name: 'a list at the root without it',
      shared: only(path.root, [allow('s3:*')]),
      user: 'denied',
      object: 'allowed',
    },
    { name: 'a list at the OU without it', shared: only(path.ou, [allow('s3:*')]), user: 'denied', object: 'allowed' },
    {
      name: 'a list at the account without it',
      shared: only(account, [allow('s3:*')]),
      user: 'denied',
      object: 'allowed',
    },
    {
      name: 'the management account, whatever is denied',
      shared: {
        ...organizationWith({ scps: read([fullAccess, scp('d', [deny('*')])]), rcps: read([fullRcp, rcp('d', '*')]) }),
        managementAccount: read(account),
      },
      user: 'allowed',
    },
    {
      name: 'an RCP on a service that supports them',
      shared: rcps(rcp('d', 's3:GetObject')),
      user: 'allowed',
      object: 'denied',
    },
    { name: 'an RCP at the OU', shared: rcps(rcp('d', 's3:*', at(path.ou))), user: 'allowed', object: 'denied' },
    {
      name: 'an RCP at the OU alone, where nobody lists full access',
      shared: organizationWith({ rcps: read([rcp('d', 's3:*', at(path.ou))]) }),
      user: 'allowed',
      object: 'denied',
    },
    { name: 'an RCP somewhere else', shared: rcps(rcp('d', 's3:*', at('ou-2'))), user: 'allowed' },
    { name: 'an RCP on a service that does not', shared: rcps(rcp('d', 'iam:*')), user: 'allowed' },
    {
      name: 'no RCP attached anywhere: the type is not enabled',
      shared: organizationWith({ rcps: read([]) }),
      user: 'allowed',
    },
    {
      name: 'no SCP attached on the way: the type is not enabled',
      shared: organizationWith({ scps: read([{ ...fullAccess, targets: read([]) }]) }),
      user: 'allowed',
    },
    { name: 'SCPs that were refused', shared: organizationWith({ scps: denied }), user: 'unread' },
    { name: 'RCPs that were refused', shared: organizationWith({ rcps: denied }), user: 'unread' },
    {
      name: 'a management account that nobody knows',
      shared: organizationWith({ managementAccount: denied }),
      user: 'unread',
    },
    { name: 'a tree that was refused', shared: organizationWith({ roots: denied }), user: 'unread' },
    { name: 'an SCP whose text was refused', shared: scps(scp('d', [], { document: denied })), user: 'unread' },
    {
      name: 'an SCP elsewhere whose text was refused',
      shared: scps(scp('d', [], { document: denied, ...at('ou-2') })),
      user: 'allowed',
    },
    { name: 'an SCP that IAM would refuse', shared: scps(scp('d', [{ Effect: 'Deny' }])), user: 'unread' },
    {
      name: 'an SCP whose targets were refused',
      shared: scps(scp('d', [deny('iam:*')], { targets: denied })),
      user: 'unread',
    },
    {
      name: 'a level of which nothing is attached, among others',
      shared: organizationWith({ scps: read([{ ...fullAccess, targets: read([path.root, account]) }]) }),
      user: 'unread',
    },
    // What could not be read takes nothing away, and gives nothing back.
    {
      name: 'a denial beside an SCP whose text was refused',
      shared: scps(scp('d', [deny('iam:*')]), scp('x', [], { document: denied })),
      user: 'denied',
      object: 'unread',
    },
    {
      name: 'a denial, where the targets of full access were refused',
      shared: organizationWith({ scps: read([{ ...fullAccess, targets: denied }, scp('d', [deny('iam:*')])]) }),
      user: 'denied',
      object: 'unread',
    },
    {
      name: 'a denial, where the text of full access was refused',
      shared: organizationWith({ scps: read([{ ...fullAccess, document: denied }, scp('d', [deny('iam:*')])]) }),
      user: 'denied',
      object: 'unread',
    },
    {
      name: 'a list, where the targets of another policy were refused',
      shared: organizationWith({
        scps: read([scp('list', [allow('s3:*')], { targets: fullAccess.targets }), { ...fullAccess, targets: denied }]),
      }),
      user: 'unread',
    },
    {
      name: 'a denial by an RCP, where SCPs were refused',
      shared: { ...rcps(rcp('d', 's3:*')), scps: denied },
      user: 'unread',
      object: 'denied',
    },
  ])('$name: $user', ({ shared, user: wanted, object = wanted }) => {
    expect([heldOf('iam:CreateUser', one, shared), heldOf('s3:GetObject', one, shared)]).toEqual([
      `allowed ${wanted}`,
      `allowed ${object}`,
    ]);
  });
});

describe('boundary', () => {
  const bounded = role('r', null, { inline: [inline(allow(read3))], boundary: managed('b').arn });
  const boundary = (...statements: readonly Record<string, unknown>[]) => ({
    policies: read([managed('b', ...statements)]),
  });
  test.each([
    { name: 'allows it', policies: boundary(allow('iam:*')), shared: noShared, held: 'allowed allowed' },
    { name: 'allows others', policies: boundary(allow('s3:*')), shared: noShared, held: 'allowed denied' },
    { name: 'denies it', policies: boundary(allow('*'), deny('iam:*')), shared: noShared, held: 'allowed denied' },
    {
      name: 'allows it under a condition',
      policies: boundary(allow('iam:*', unless)),
      shared: noShared,
      held: 'allowed conditional',
    },
    { name: 'is not listed', policies: {}, shared: noShared, held: 'allowed unread' },
    { name: 'was refused', policies: { policies: denied }, shared: noShared, held: 'allowed unread' },
    {
      name: 'is none that IAM takes',
      policies: boundary({ Effect: 'Allow' }),
      shared: noShared,
      held: 'allowed unread',
    },
    {
      name: 'denies it, and SCPs were refused',
      policies: boundary(allow('s3:*')),
      shared: organizationWith({ scps: denied }),
      held: 'allowed denied',
    },
    {
      name: 'allows it, and SCPs were refused',
      policies: boundary(allow('iam:*')),
      shared: organizationWith({ scps: denied }),
      held: 'allowed unread',
    },
    {
      name: 'is not listed, and an SCP denies it',
      policies: {},
      shared: scps(scp('d', [deny('iam:*')])),
      held: 'allowed denied',
    },
    {
      name: 'denies it in the management account',
      policies: boundary(allow('s3:*')),
      shared: { ...organizationWith(), managementAccount: read(account) },
      held: 'allowed denied',
    },
  ])('one that $name: $held', ({ policies, shared, held }) => {
    expect(heldOf('iam:CreateUser', bounded, shared, policies)).toBe(held);
  });
});

describe('own policies', () => {
  const attached = managed('a').arn;
  const group = { arn: `arn:aws:iam::${account}:group/g`, name: 'g', inline: [], attached: [] };
  const member = user('u', { groups: ['g'] });
  test.each<{ name: string; it: UserFact | RoleFact; more?: Partial<AuthorizationDetails>; held: string }>([
    { name: 'none', it: role('r', null), held: 'none' },
    {
      name: 'a denial beside what is allowed',
      it: role('r', null, { inline: [inline(allow('*')), inline(deny('iam:*'))] }),
      held: 'none',
    },
    {
      name: 'a condition',
      it: role('r', null, { inline: [inline(allow('iam:*', unless))] }),
      held: 'conditional conditional',
    },
    {
      name: 'an attached policy',
      it: role('r', null, { attached: [attached] }),
      more: { policies: read([managed('a', allow('iam:*'))]) },
      held: 'allowed allowed',
    },
    {
      name: 'an attached policy that is not listed',
      it: role('r', null, { attached: [attached] }),
      held: 'unread unread',
    },
    {
      name: 'an attached policy, where the list was refused',
      it: role('r', null, { attached: [attached] }),
      more: { policies: denied },
      held: 'unread unread',
    },
    {
      name: 'a text that was refused',
      it: role('r', null, { inline: [{ name: 'p', document: denied }] }),
      held: 'unread unread',
    },
    {
      name: 'a text that IAM would refuse',
      it: role('r', null, { inline: [inline(allow('iam:*', { Resource: 'x' }))] }),
      held: 'unread unread',
    },
    {
      name: 'a denial beside one that was refused',
      it: role('r', null, { inline: [inline(deny('*')), { name: 'p', document: denied }] }),
      held: 'unread unread',
    },
    {
      name: 'a group with an inline policy',
      it: member,
      more: { groups: read([{ ...group, inline: [inline(allow('iam:*'))] }]) },
      held: 'allowed allowed',
    },
    {
      name: 'a group with an attached policy',
      it: member,
      more: { groups: read([{ ...group, attached: [attached] }]), policies: read([managed('a', allow('iam:*'))]) },
      held: 'allowed allowed',
    },
    {
      name: 'a group whose policy is not listed',
      it: member,
      more: { groups: read([{ ...group, attached: [attached] }]) },
      held: 'unread unread',
    },
    { name: 'a group that is not listed', it: member, held: 'unread unread' },
    { name: 'a group, where the list was refused', it: member, more: { groups: denied }, held: 'unread unread' },
  ])('$name: $held', ({ it, more = {}, held }) => {
    expect(heldOf('iam:CreateUser', it, noShared, more)).toBe(held);
  });
});

describe('what a principal fixes', () => {
  const asking = (condition: object) => [inline(allow('iam:CreateUser', { Condition: condition }))];
  const ofTag = asking({ StringEquals: { 'aws:PrincipalTag/team': 'x' } });
  const ofOrganization = asking({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } });
  const byName = { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/r' } };
  test.each<{ name: string; it: UserFact | RoleFact; shared?: SharedFacts; held: string }>([
    { name: 'the tag of a user', it: user('u', { inline: ofTag, tags: { team: 'x' } }), held: 'allowed' },
    { name: 'another tag of a user', it: user('u', { inline: ofTag, tags: { team: 'y' } }), held: 'none' },
    { name: 'a user without the tag', it: user('u', { inline: ofTag }), held: 'none' },
    { name: 'the tag of a role', it: role('r', null, { inline: ofTag, tags: { team: 'x' } }), held: 'allowed' },
    {
      name: 'a role without the tag, whose sessions may bring it',
      it: role('r', null, { inline: ofTag }),
      held: 'conditional',
    },
    { name: 'the name of a role', it: role('r', null, { inline: asking(byName) }), held: 'allowed' },
    { name: 'another name', it: role('s', null, { inline: asking(byName) }), held: 'none' },
    {
      name: 'the kind of a principal',
      it: user('u', { inline: asking({ StringEquals: { 'aws:PrincipalType': 'AssumedRole' } }) }),
      held: 'none',
    },
    {
      name: 'its own organisation',
      it: role('r', null, { inline: ofOrganization }),
      shared: organizationWith(),
      held: 'allowed',
    },
    {
      name: 'its own organisation, in one Region',
      it: role('r', null, { inline: asking({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' }, ...unless.Condition }) }),
      shared: organizationWith(),
      held: 'conditional',
    },
    {
      name: 'another organisation',
      it: role('r', null, { inline: ofOrganization }),
      shared: organizationWith({ organization: read('o-2') }),
      held: 'none',
    },
    { name: 'no organisation', it: role('r', null, { inline: ofOrganization }), held: 'none' },
    {
      name: 'an organisation that nobody knows',
      it: role('r', null, { inline: ofOrganization }),
      shared: organizationWith({ organization: denied, managementAccount: denied }),
      held: 'unread',
    },
  ])('$name: $held', ({ it, shared = noShared, held }) => {
    expect(heldOf('iam:CreateUser', it, shared).split(' ')[0]).toBe(held);
  });

  test('what the organisation decides through a variable is unread without it; the rest is not', () => {
    const variable = inline(
      allow('s3:GetObject', { Resource: 'arn:aws:s3:::${aws:PrincipalOrgID}/*' }),
      allow('iam:*'),
    );
    const it = role('r', null, { inline: [variable] });
    const shared = organizationWith({ organization: denied, managementAccount: denied });
    expect([heldOf('s3:GetObject', it, shared), heldOf('iam:CreateUser', it, shared)]).toEqual([
      'unread unread',
      'allowed unread',
    ]);
  });
});

describe('doubts', () => {
  const doubtsOf = (
    it: UserFact | RoleFact,
    shared: SharedFacts = noShared,
    more: Partial<AuthorizationDetails> = {},
  ) =>
    holdersOf({ authorization: detailsOf(it, more) }, shared, planned).flatMap(({ doubts }) =>
      doubts.map(({ gap, operation }) => `${operation} ${gap.code}`),
    );
  const operation = 'iam:GetAccountAuthorizationDetails';
  const broken = { ...inline(), document: document({ Effect: 'Allow' }) };

  test('each policy that IAM would refuse, or that is missing, is one; what a collector named is none', () => {
    expect(doubtsOf(role('r', null, { inline: [broken, { ...broken, name: 'q' }] }))).toEqual([
      `${operation} UNPARSABLE`,
      `${operation} UNPARSABLE`,
    ]);
    const lost = { attached: [managed('a').arn], boundary: managed('b').arn };
    expect(doubtsOf(role('r', null, lost))).toEqual([`${operation} NOT_IN_SNAPSHOT`, `${operation} NOT_IN_SNAPSHOT`]);
    expect(doubtsOf(role('r', null, lost), noShared, { policies: denied })).toEqual([]);
    expect(doubtsOf(role('r', null, { inline: [{ name: 'p', document: denied }] }))).toEqual([]);
    expect(doubtsOf(user('u', { groups: ['g'] }))).toEqual([`${operation} NOT_IN_SNAPSHOT`]);
    expect(doubtsOf(user('u', { groups: ['g'] }), noShared, { groups: denied })).toEqual([]);
  });
  test('what the organisation did not answer is named there, but for a level without a policy', () => {
    expect(doubtsOf(one, organizationWith({ scps: denied, roots: denied }))).toEqual([]);
    expect(doubtsOf(one, scps(scp('d', [{ Effect: 'Deny' }])))).toEqual([]);
    const bare = organizationWith({ scps: read([{ ...fullAccess, targets: read([path.root, account]) }]) });
    expect(doubtsOf(one, bare)).toEqual(['organizations:ListTargetsForPolicy NOT_IN_SNAPSHOT']);
  });
  test('where it is, and what is wrong', () => {
    const it = role('r', null, { inline: [broken] });
    expect(holdersOf({ authorization: detailsOf(it) }, noShared, planned)[0]?.nominalUnread).toEqual({
      code: 'UNPARSABLE',
      file: `inline of ${it.arn}`,
      place: 'Statement[0].Action',
      problem: expect.any(String),
    });
  });
});

test.each<{ name: string; shared: SharedFacts; unread: number }>([
  { name: 'everything was read', shared: organizationWith(), unread: 0 },
  { name: 'there is no organisation', shared: noShared, unread: 0 },
  {
    name: 'nobody knows the management account',
    shared: organizationWith({ managementAccount: denied, scps: denied }),
    unread: 1,
  },
  {
    name: 'it is the management account',
    shared: { ...organizationWith({ scps: denied, rcps: denied }), managementAccount: read(account) },
    unread: 0,
  },
  { name: 'both lists were refused', shared: organizationWith({ scps: denied, rcps: denied }), unread: 2 },
  { name: 'the tree was refused', shared: organizationWith({ roots: denied }), unread: 1 },
  { name: 'the text of a policy on the way was refused', shared: scps(scp('d', [], { document: denied })), unread: 1 },
  {
    name: 'the text of a policy elsewhere was refused',
    shared: scps(scp('d', [], { document: denied, ...at('ou-2') })),
    unread: 0,
  },
  { name: 'the targets of a policy were refused', shared: scps(scp('d', [], { targets: denied })), unread: 1 },
])('answers that limit the account, where $name: $unread unread', ({ shared, unread }) => {
  expect(limitReadings(shared, planned).filter(({ kind }) => kind === 'unknown')).toHaveLength(unread);
});

test("roles of AWS's own services are no holders: no policy of the organisation binds them", () => {
  const linked = role('r', null, { path: '/aws-service-role/support.amazonaws.com/' });
  expect(holdersOf({ authorization: detailsOf(linked) }, noShared, planned)).toEqual([]);
});

test('a holder tells the first reason why its view may be incomplete', () => {
  const lost: Reading<never> = denied;
  const [holder] = holdersOf({ authorization: detailsOf(one) }, organizationWith({ rcps: lost }), planned);
  expect(holder).toMatchObject({ nominalUnread: null, limitsUnread: denial });
  expect(holder && reach(holder.nominal, new ActionSet(['iam:CreateUser'])).verdict).toBe('allowed');
  const other = { ...planned, account: accountId('222222222222') };
  expect(holdersOf({ authorization: detailsOf(one) }, scps(), other)[0]?.limitsUnread).toMatchObject({
    operation: 'organizations:ListTargetsForPolicy of 222222222222',
  });
});
