import fc from 'fast-check';
import type { AccountFacts, ServiceCredential } from '../../src/domain/facts.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { judgeCredentials } from '../../src/judge/credentials.ts';
import { fenceAlone } from '../../src/judge/fences.ts';
import { usersOf } from '../../src/judge/identities.ts';
import { judgeKeyHolders } from '../../src/judge/key-holders.ts';
import {
  account,
  credential,
  denied,
  factsWith,
  read,
  recent,
  report,
  reportRow,
  user,
  window,
} from '../support/facts.ts';

const phantom = 'BedrockAPIKey-x';
const arn = `arn:aws:iam::${account}:user/${phantom}`;

/** A phantom user with some credentials, everything else read and empty. */
const holding = (credentials: readonly ServiceCredential[], more: Partial<AccountFacts> = {}): AccountFacts =>
  factsWith({
    authorization: { users: read([user(phantom)]), groups: read([]), roles: read([]), policies: read([]) },
    credentialReport: read({ generated: null, users: [reportRow(phantom)], root: null }),
    serviceCredentials: { byService: { 'bedrock.amazonaws.com': read(credentials) }, byUser: {} },
    ...more,
  });

function judged(facts: AccountFacts) {
  const arns = new Map(usersOf(facts).map((it) => [it.name, it.arn]));
  const credentials = judgeCredentials(facts, { window, fence: fenceAlone(account, []), arns });
  return { credentials, holders: judgeKeyHolders(facts, credentials) };
}

const inactive = credential(phantom, { id: 'i', status: 'Inactive' });
const expired = credential(phantom, { id: 'e', expires: '2026-01-01T00:00:00Z' });
const live = credential(phantom, { id: 'l' });

describe('the state of a phantom user', () => {
  test.each([
    { name: 'a live key beside dead ones', credentials: [expired, inactive, live], state: 'live-key' },
    { name: 'one that can be turned on again', credentials: [expired, inactive], state: 'inactive-only' },
    { name: 'past its end, in the word of AWS or not', credentials: [expired], state: 'expired-only' },
    { name: 'a status nobody knows', credentials: [{ ...live, status: 'Pending' }], state: 'live-key' },
    {
      name: 'a live credential that is no AI key',
      credentials: [{ ...live, service: 'codecommit.amazonaws.com' }],
      state: 'live-key',
    },
    { name: 'nothing', credentials: [], state: 'orphaned' },
  ])('$name: $state', ({ credentials, state }) => {
    expect(judged(holding(credentials)).holders).toMatchObject([{ user: phantom, phantom: true, state, unread: null }]);
  });

  test('a listing that was refused is never "orphaned", and does not hide what another showed', () => {
    const lists = { 'bedrock.amazonaws.com': denied, 'aws-external-anthropic.amazonaws.com': read([]) };
    const refused = holding([], { serviceCredentials: { byService: lists, byUser: { [phantom]: denied } } });
    expect(judged(refused).holders).toMatchObject([{ state: 'not-measured', unread: { code: 'ACCESS_DENIED' } }]);
    const own = holding([], { serviceCredentials: { byService: lists, byUser: { [phantom]: read([]) } } });
    expect(judged(own).holders).toMatchObject([{ state: 'orphaned' }]);
    const shown = { ...lists, 'aws-external-anthropic.amazonaws.com': read([live]) };
    const half = holding([], { serviceCredentials: { byService: shown, byUser: {} } });
    expect(judged(half).holders).toMatchObject([{ state: 'live-key', unread: { code: 'ACCESS_DENIED' } }]);
  });

  test('whatever listings are lost, a state stays or becomes "not measured"', () => {
    const services = ['bedrock', 'aws-external-anthropic', 'logs'].map((it) => `${it}.amazonaws.com`);
    const some = fc.array(
      fc.record({
        service: fc.constantFrom(...services),
        status: fc.constantFrom('Active', 'Inactive', 'Expired', 'Odd'),
        expires: fc.constantFrom(null, '2020-01-01T00:00:00Z', '2036-01-01T00:00:00Z'),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(some, fc.subarray(services), fc.boolean(), (given, lost, ownLost) => {
        const all = given.map((it, at) => credential(phantom, { id: String(at), ...it }));
        const lists = (without: readonly string[]): Record<string, Reading<readonly ServiceCredential[]>> =>
          Object.fromEntries(
            services.map((it) => [
              it,
              without.includes(it) ? denied : read(all.filter(({ service }) => service === it)),
            ]),
          );
        const stateIn = (without: readonly string[], byUser: AccountFacts['serviceCredentials']['byUser']) =>
          judged(holding([], { serviceCredentials: { byService: lists(without), byUser } })).holders[0]?.state;
        const whole = stateIn([], {});
        const part = stateIn(lost, lost.length > 0 && !ownLost ? { [phantom]: read(all) } : {});
        expect([whole, ...(lost.length > 0 && ownLost ? ['not-measured'] : [])]).toContain(part);
      }),
    );
  });
});

test('an ordinary user whose keys were not read is in the register; one whose were, or who holds no AI key for sure, is not', () => {
  const of = (bedrock: Reading<readonly ServiceCredential[]>, own: Record<string, typeof bedrock>) => {
    const byService = { 'bedrock.amazonaws.com': bedrock, 'aws-external-anthropic.amazonaws.com': read([]) };
    const authorization = {
      ...{ users: read([user('joe'), user('ana')]), groups: read([]) },
      ...{ roles: read([]), policies: read([]) },
    };
    return judged(factsWith({ authorization, serviceCredentials: { byService, byUser: own } })).holders.map(
      ({ user: name, state, unread, credentials }) => [name, state, unread === null, credentials],
    );
  };
  expect(of(denied, { joe: denied, ana: read([]) })).toEqual([['joe', 'not-measured', false, 0]]);
  expect(of(denied, {})).toEqual(['ana', 'joe'].map((name) => [name, 'not-measured', false, 0]));
  expect(of(read([]), {})).toEqual([]);
});

describe('what a phantom user gained', () => {
  const withReport = (row: Parameters<typeof reportRow>[1]) =>
    holding([], { credentialReport: read({ generated: null, users: [reportRow(phantom, row)], root: null }) });
  const key = { active: true, lastUsed: null, rotated: recent };

  test.each([
    { name: 'nothing', facts: withReport({}), gained: 'no' },
    { name: 'an access key', facts: withReport({ accessKeys: [key] }), gained: 'yes' },
    { name: 'one that was turned off', facts: withReport({ accessKeys: [{ ...key, active: false }] }), gained: 'yes' },
    {
      name: 'an empty slot',
      facts: withReport({ accessKeys: [{ ...key, active: false, rotated: null }] }),
      gained: 'no',
    },
    { name: 'a console password', facts: withReport({ passwordEnabled: true }), gained: 'yes' },
    { name: 'a report that was refused', facts: holding([], { credentialReport: denied }), gained: 'not-measured' },
    {
      name: 'a report from before the user was made',
      facts: holding([], { credentialReport: read({ generated: null, users: [], root: null }) }),
      gained: 'not-measured',
    },
  ])('$name: $gained', ({ facts, gained }) => {
    expect(judged(facts).holders).toMatchObject([{ gained, state: 'orphaned' }]);
  });
});

test('the policies of a console are told from the others; owner and other credentials come along', () => {
  const attached = ['arn:aws-us-gov:iam::aws:policy/AnthropicInferenceAccess', `arn:aws:iam::${account}:policy/mine`];
  const holder = user('mara', {
    attached,
    groups: ['people'],
    inline: [{ name: 'own', document: denied }],
    tags: { OWNER: 'team' },
  });
  const facts = holding([credential('mara')], {
    authorization: { users: read([holder]), groups: read([]), roles: read([]), policies: read([]) },
    credentialReport: read({ generated: null, users: [reportRow('mara', { passwordEnabled: true })], root: null }),
    sshKeys: { mara: read([{ id: 's', status: 'Active', uploaded: null }]) },
    signingCertificates: { mara: denied },
  });
  expect(judged(facts).holders).toMatchObject([
    {
      user: 'mara',
      phantom: false,
      gained: null,
      owner: 'team',
      consolePolicies: [attached[0]],
      otherPolicies: [attached[1], 'inline own', 'group people'],
      others: { password: true, accessKeys: 0, accessKeysInactive: 0, sshKeys: 1, certificates: null },
    },
  ]);
});

test('a key whose user nobody could list is in the register all the same, and what is not known of the user is null', () => {
  const facts = holding([live], {
    authorization: { users: denied, groups: denied, roles: denied, policies: denied },
    credentialReport: denied,
    sshKeys: {},
    signingCertificates: {},
  });
  const { credentials, holders } = judged(facts);
  expect(credentials).toMatchObject([{ user: phantom, live: true, lastUse: { state: 'not-measured', sole: null } }]);
  expect(holders).toMatchObject([
    {
      user: phantom,
      arn: null,
      state: 'live-key',
      gained: 'not-measured',
      owner: null,
      consolePolicies: null,
      otherPolicies: null,
    },
  ]);
});

describe('the last use of a credential', () => {
  const accessed = (services: Parameters<typeof report>[0]) => ({ lastAccessed: { [arn]: read(report(services)) } });

  test.each([
    {
      name: 'of the later of two services',
      more: accessed({ bedrock: '2026-08-01T00:00:00Z', 'bedrock-mantle': recent }),
      state: 'used',
      at: recent,
    },
    { name: 'of other services only', more: accessed({ s3: recent, bedrock: null }), state: 'none', at: null },
    {
      name: 'later than it can be',
      more: accessed({ bedrock: '2030-01-01T00:00:00Z' }),
      state: 'not-measured',
      at: null,
    },
    {
      name: 'of a report that was refused',
      more: { lastAccessed: { [arn]: denied } },
      state: 'not-measured',
      at: null,
    },
    { name: 'of a user nobody asked about', more: {}, state: 'not-measured', at: null },
  ])('$name', ({ more, state, at }) => {
    expect(judged(holding([live], more)).credentials).toMatchObject([{ lastUse: { state, at, sole: true } }]);
  });

  test.each([
    { name: 'another credential', facts: holding([live, expired]), sole: false },
    {
      name: 'an access key',
      facts: holding([live], {
        credentialReport: read({
          generated: null,
          users: [reportRow(phantom, { accessKeys: [{ active: true, lastUsed: null, rotated: recent }] })],
          root: null,
        }),
      }),
      sole: false,
    },
    { name: 'a report that was refused', facts: holding([live], { credentialReport: denied }), sole: null },
  ])('beside $name, whose it was: $sole', ({ facts, sole }) => {
    expect(judged(facts).credentials[0]?.lastUse.sole).toBe(sole);
  });
});

test('of an AI key it is told whether its use is denied, of others not', () => {
  const other = credential(phantom, { id: 'o', service: 'logs.amazonaws.com' });
  const uses = judged(holding([live, other])).credentials.map((row) => [row.service, row.use]);
  expect(uses).toEqual([
    ['bedrock.amazonaws.com', 'open'],
    ['logs.amazonaws.com', null],
  ]);
});

test.each([
  { created: '2026-09-29T05:00:00Z', age: 1 },
  { created: null, age: null },
  { created: '2027-01-01T00:00:00Z', age: null },
  { created: 'no_information', age: null },
])('a credential made $created is $age days old', ({ created, age }) => {
  expect(judged(holding([{ ...live, created }])).credentials[0]?.ageDays).toBe(age);
});
