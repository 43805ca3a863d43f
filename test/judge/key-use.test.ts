import { aiCredentialServices, aiKeyPrefixes, servicesOpenedBy } from '../../src/catalogue/credential-services.ts';
import { guardrailSettings } from '../../src/domain/guardrail-settings.ts';
import { noLongTermAiKeyUse } from '../../src/guardrails/index.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import { type AccountFence, fenceAlone } from '../../src/judge/fences.ts';
import { keyUseOf } from '../../src/judge/key-use.ts';
import { account, denial } from '../support/facts.ts';

// Each key is judged by what its own user would meet: the account's grade says nothing of it where somebody is exempt.

const [claude, bedrock] = ['aws-external-anthropic.amazonaws.com', 'bedrock.amazonaws.com'];
const prefixes = ['aws-external-anthropic', 'bedrock', 'bedrock-mantle'];
const arnOf = (name: string) => `arn:aws:iam::${account}:user/${name}`;
/** Three keys: a1 and the phantom user hold one for Claude, b1 one for Bedrock. */
const keys = [
  { user: 'a1', service: claude, tags: { Owner: 'ok' } },
  { user: 'b1', service: bedrock, tags: {} },
  { user: 'AeaApiKey-x', service: claude, tags: {} },
];
const fenceOf = (...statements: object[]): AccountFence =>
  fenceAlone(account, [parsePolicy({ Version: '2012-10-17', Statement: statements }, 'scp', 'scp')]);
const longTerm = (prefix: string, conditions: Record<string, object> = {}, value = 'LONG_TERM') => ({
  Effect: 'Deny',
  Action: `${prefix}:CallWithBearerToken`,
  Resource: '*',
  Condition: { ...conditions, StringEquals: { [`${prefix}:BearerTokenType`]: value } },
});
const usesUnder = (fence: AccountFence) =>
  keys.map(({ user, service, tags }) => keyUseOf(service, { arn: arnOf(user), tags }, fence));

test.each([
  { name: 'all but one user', of: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/b1' } }, open: ['b1'] },
  { name: 'all but a tag', of: { StringNotEquals: { 'aws:PrincipalTag/Owner': 'ok' } }, open: ['a1'] },
  { name: 'all but a name', of: { StringNotLike: { 'aws:username': 'b*' } }, open: ['b1'] },
  {
    name: 'phantom users alone',
    of: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/AeaApiKey-*' } },
    open: ['a1', 'b1'],
  },
  {
    name: 'outside one Region',
    of: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } },
    open: ['a1', 'b1', 'AeaApiKey-x'],
  },
  { name: 'everybody', of: {}, open: [] as string[] },
])('a Deny of $name leaves $open', ({ of, open }) => {
  const uses = usesUnder(fenceOf(...prefixes.map((prefix) => longTerm(prefix, of))));
  expect(uses).toEqual(keys.map(({ user }) => (open.includes(user) ? 'open' : 'denied')));
});

test.each([
  { name: 'Claude alone', statements: [longTerm('aws-external-anthropic')], uses: ['denied', 'open', 'denied'] },
  { name: 'one of the two of Bedrock', statements: [longTerm('bedrock')], uses: ['open', 'open', 'open'] },
  {
    name: 'both of Bedrock',
    statements: [longTerm('bedrock'), longTerm('bedrock-mantle')],
    uses: ['open', 'denied', 'open'],
  },
  { name: 'nothing', statements: [longTerm('bedrock', {}, 'SHORT_TERM')], uses: ['open', 'open', 'open'] },
])('a Deny of $name: $uses', ({ statements, uses }) => {
  expect(usesUnder(fenceOf(...statements))).toEqual(uses);
});

const tagged = fenceOf(...prefixes.map((it) => longTerm(it, { StringNotEquals: { 'aws:PrincipalTag/Owner': 'ok' } })));
const named = fenceOf(
  ...prefixes.map((it) => longTerm(it, { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/b1' } })),
);
const doubtful = { doubts: [{ gap: denial, operation: null }] };

test.each([
  { name: 'tags that were not read', fence: tagged, user: { arn: arnOf('a1'), tags: null } },
  { name: 'a user whom no list names', fence: named, user: { arn: null, tags: null } },
  {
    name: 'a policy that was not read',
    fence: { ...fenceAlone(account, []), ...doubtful },
    user: { arn: arnOf('a1'), tags: {} },
  },
])('what hangs on $name is not measured', ({ fence, user }) => {
  expect(keyUseOf(claude, user, fence)).toBe('not-measured');
});

test('what hangs on nothing unread is known: nothing denies, a whole Deny denies, the management account is open', () => {
  const nobody = { arn: null, tags: null };
  const whole = fenceOf(...prefixes.map((it) => longTerm(it)));
  expect(keyUseOf(bedrock, nobody, fenceAlone(account, []))).toBe('open');
  expect(keyUseOf(bedrock, nobody, { ...whole, ...doubtful })).toBe('denied');
  expect(keyUseOf(bedrock, nobody, { ...whole, bound: false })).toBe('open');
});

test('a key of a service that the guardrail does not know is not measured, whatever is denied', () => {
  const fence = fenceOf(...prefixes.map((prefix) => longTerm(prefix)));
  expect(keyUseOf('aws-external-example.amazonaws.com', { arn: arnOf('a1'), tags: {} }, fence)).toBe('not-measured');
});

test('of every AI key the guardrail asks about each prefix that it opens', () => {
  const asked = noLongTermAiKeyUse
    .probes({ account, partition: 'aws', ...guardrailSettings })
    .map(({ action }) => action.split(':')[0]);
  const opened = [...aiCredentialServices].flatMap(servicesOpenedBy);
  expect([...new Set(asked)].sort()).toEqual([...new Set(opened)].sort());
  expect(opened).toEqual([...aiKeyPrefixes]);
});
