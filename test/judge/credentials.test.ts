import type { ServiceCredentials } from '../../src/domain/facts.ts';
import { credentialsOf, holdsAiKey, judgeCredentials } from '../../src/judge/credentials.ts';
import { fenceAlone } from '../../src/judge/fences.ts';
import { account, credential, denied, factsWith, read, window } from '../support/facts.ts';

const anthropic = 'aws-external-anthropic.amazonaws.com';
const bedrock = 'bedrock.amazonaws.com';
const lists = (ofBedrock: ReturnType<typeof credential>[]) => ({
  byService: { [bedrock]: read(ofBedrock), [anthropic]: read([]) },
  byUser: {},
});

const judged = (serviceCredentials: ServiceCredentials) =>
  judgeCredentials(factsWith({ serviceCredentials }), { window, fence: fenceAlone(account, []), arns: new Map() });

test.each([
  { name: 'active without expiry', more: {}, live: true, ai: true, phantom: false },
  {
    name: 'active and not yet expired',
    more: { expires: '2036-01-01T00:00:00Z' },
    live: true,
    ai: true,
    phantom: false,
  },
  {
    name: 'active on paper, past its expiry',
    more: { expires: '2026-01-01T00:00:00Z' },
    live: false,
    ai: true,
    phantom: false,
  },
  { name: 'of a status nobody knows', more: { status: 'Pending' }, live: true, ai: true, phantom: false },
  { name: "expired in AWS's own word", more: { status: 'Expired' }, live: false, ai: true, phantom: false },
  { name: 'inactive', more: { status: 'Inactive' }, live: false, ai: true, phantom: false },
  { name: 'a Git password', more: { service: 'codecommit.amazonaws.com' }, live: true, ai: false, phantom: false },
  { name: 'on a phantom user', more: { user: 'AeaApiKey-1', service: anthropic }, live: true, ai: true, phantom: true },
])('a credential that is $name', ({ more, live, ai, phantom }) => {
  expect(judged(lists([credential('u', more)]))).toMatchObject([{ live, ai, phantom }]);
});

test('a credential that both ways of listing show is one row', () => {
  const both = {
    byService: { [bedrock]: read([credential('u')]), [anthropic]: denied },
    byUser: { u: read([credential('u')]) },
  };
  expect(judged(both)).toHaveLength(1);
});

test.each([
  { name: 'a live key', credentials: lists([credential('u')]), expected: 'yes' },
  {
    name: 'an expired one',
    credentials: lists([credential('u', { expires: '2020-01-01T00:00:00Z' })]),
    expected: 'no',
  },
  { name: 'nothing, both AI lists read', credentials: lists([]), expected: 'no' },
  {
    name: 'nothing known, one AI list refused',
    credentials: { byService: { [bedrock]: read([]), [anthropic]: denied }, byUser: {} },
    expected: 'unread',
  },
  {
    name: 'a live key in the list that was read, the other refused',
    credentials: { byService: { [bedrock]: read([credential('u')]), [anthropic]: denied }, byUser: {} },
    expected: 'yes',
  },
  {
    name: 'lists refused, the own listing empty',
    credentials: { byService: { [bedrock]: denied, [anthropic]: denied }, byUser: { u: read([]) } },
    expected: 'no',
  },
  {
    name: 'lists refused, the own listing refused too',
    credentials: { byService: { [bedrock]: denied, [anthropic]: denied }, byUser: { u: denied } },
    expected: 'unread',
  },
])('a user with $name holds a live AI key: $expected', ({ credentials, expected }) => {
  expect(holdsAiKey('u', credentials, judged(credentials))).toBe(expected);
});

test('the credentials of a user stay unknown while any list of all users is, unless the own listing was read', () => {
  const partly = { byService: { [bedrock]: read([]), 'codecommit.amazonaws.com': denied }, byUser: {} };
  expect(credentialsOf('u', partly).kind).toBe('unknown');
  expect(credentialsOf('u', { ...partly, byUser: { u: read([]) } }).kind).toBe('known');
});
