import type { AccountFacts, SharedFacts } from '../../src/domain/facts.ts';
import { judgeIdentities } from '../../src/judge/identities.ts';
import { judgeKeyPowers } from '../../src/judge/key-powers.ts';
import { judgePermissions } from '../../src/judge/permissions.ts';
import {
  allow,
  clock,
  denied,
  deny,
  factsWith,
  fullAccess,
  inline,
  organizationWith,
  planned,
  read,
  reportRow,
  role,
  scp,
  special,
  user,
  window,
} from '../support/facts.ts';

const prefixes = ['aws-external-anthropic', 'bedrock', 'bedrock-mantle'];
const create = 'iam:CreateServiceSpecificCredential';
const call = prefixes.map((prefix) => `${prefix}:CallWithBearerToken`);
const longTerm = (...of: readonly string[]) => ({
  Condition: { StringEquals: Object.fromEntries(of.map((prefix) => [`${prefix}:BearerTokenType`, 'LONG_TERM'])) },
});
const serving = (service: string) => ({
  Condition: { StringEquals: { 'iam:ServiceSpecificCredentialServiceName': `${service}.amazonaws.com` } },
});

/** A user and a role with the same policy, below the given service control policies. */
function powers(statements: Parameters<typeof scp>[1], shared: SharedFacts, more: Partial<AccountFacts> = {}) {
  const own = { inline: [inline(...statements)] };
  const facts = factsWith({
    authorization: {
      users: read([user('u', own)]),
      groups: read([]),
      roles: read([role('r', clock, own)]),
      policies: read([]),
    },
    ...more,
  });
  const identities = judgeIdentities(facts, window, special);
  const judgedOf = judgePermissions(facts, shared, planned, identities, window);
  const { rows, items } = judgeKeyPowers({ identities, permissions: judgedOf.rows, holders: judgedOf.holders });
  const of = (name: string) => {
    const row = rows.find(({ arn }) => arn.endsWith(`/${name}`));
    return row === undefined ? null : [...Object.values(row.make), ...Object.values(row.call)].join(' ');
  };
  return { user: of('u'), role: of('r'), items: items.map((it) => `${it.kind} ${it.make} ${it.call}`) };
}

const under = (...statements: Parameters<typeof scp>[1]) =>
  organizationWith({ scps: read([fullAccess, ...(statements.length === 0 ? [] : [scp('s', statements)])]) });
const everything = [allow('*')];
const all = 'allowed allowed allowed allowed allowed';

test.each([
  { name: 'nothing limits', statements: everything, shared: under(), user: all, role: all },
  { name: 'nothing of it', statements: [allow('s3:*')], shared: under(), user: null, role: null },
  {
    name: 'keys of one service may not be made',
    statements: everything,
    shared: under(deny(create, serving('bedrock'))),
    user: 'allowed denied allowed allowed allowed',
    role: 'allowed denied allowed allowed allowed',
  },
  {
    name: 'long-term keys may not be used: a role has no such key',
    statements: everything,
    shared: under(...prefixes.map((prefix, at) => deny(call[at] ?? '', longTerm(prefix)))),
    user: 'allowed allowed denied denied denied',
    role: all,
  },
  {
    name: 'three prefixes in one block, of which no request carries all',
    statements: everything,
    shared: under(deny(call, longTerm(...prefixes))),
    user: all,
    role: all,
  },
  {
    name: 'bedrock-mantle left out',
    statements: [allow('bedrock*:*')],
    shared: under(deny('bedrock:CallWithBearerToken', longTerm('bedrock'))),
    user: 'denied denied denied denied allowed',
    role: 'denied denied denied allowed allowed',
  },
  {
    name: 'under a condition of its own',
    statements: [allow(create, { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })],
    shared: under(),
    user: 'conditional conditional denied denied denied',
    role: 'conditional conditional denied denied denied',
  },
])('$name', ({ statements, shared, user: ofUser, role: ofRole }) => {
  expect(powers(statements, shared)).toMatchObject({ user: ofUser, role: ofRole });
});

test('a service control policy that was not read leaves open what the others let through, and only that', () => {
  const known = scp('s', [deny(create)]);
  const hidden = scp('hidden', [], { document: denied });
  const shared = organizationWith({ scps: read([fullAccess, known, hidden]) });
  expect(powers(everything, shared)).toEqual({
    user: 'denied denied unread unread unread',
    role: 'denied denied unread unread unread',
    items: ['user no unread', 'role no unread'],
  });
});

test('policies that were not read can give everything', () => {
  const facts = { authorization: { users: denied, groups: denied, roles: denied, policies: denied } };
  const reported = { credentialReport: read({ generated: null, root: null, users: [reportRow('u')] }) };
  expect(powers([], under(), { ...facts, ...reported })).toEqual({
    user: 'unread unread unread unread unread',
    role: null,
    items: ['user unread unread'],
  });
});
