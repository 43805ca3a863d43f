import { accountId } from '../../src/domain/ids.ts';
import type { Fence } from '../../src/guardrails/fence.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import { isFree } from '../../src/judge/free-names.ts';
import { allow, deny, policy } from '../support/organization-snapshot.ts';

const account = accountId('111122223333');
const everything = parsePolicy(policy(allow('*')), 'scp', 'all');
const fenceOf = (...statements: object[]): Fence => ({
  ...{ account, organization: 'o-1', rcps: [] },
  scps: [[everything, ...statements.map((it) => parsePolicy(policy(it), 'scp', 'scp'))]],
});
const borne = (...names: string[]) =>
  names.map((name) => ({ arn: `arn:aws:iam::${account}:${name}` }) as Parameters<typeof isFree>[2][number]);
const there = borne('role/reader', 'role/team/deployer', 'user/ops/bo');
const arn = 'aws:principalarn';
const role = (name: string, owner = '*') => `arn:aws:iam::${owner}:role/${name}`;

test.each<[string, string, string[], boolean]>([
  ['a role that nobody bears', arn, [role('ai')], true],
  ['one of two', arn, [role('reader'), role('ai')], true],
  ['a role that is there', arn, [role('reader')], false],
  ['a name that is taken in another path', arn, [role('deployer')], false],
  ['a role of another account', arn, [role('ai', '999999999999')], false],
  ['a role of this account', arn, [role('ai', account)], true],
  ['a pattern, which is broad', arn, [role('ai*')], false],
  ['a path of AWS', arn, [role('aws-reserved/sso.amazonaws.com/x')], false],
  ['a user that nobody bears', arn, ['arn:aws:iam::*:user/eve'], true],
  ['a user by name', 'aws:username', ['eve'], true],
  ['a user by name who is there', 'aws:username', ['bo'], false],
  ['a tag, which is broad', 'aws:principaltag/team', ['ai'], false],
])('%s', (_, key, values, free) => expect(isFree({ key, values }, fenceOf(), there)).toBe(free));

const name = { key: arn, values: [role('ai')] };
const makingIt = { Resource: role('ai') };

test.each<[string, object, boolean]>([
  ['nobody may make it', deny('iam:CreateRole', makingIt), false],
  [
    'nobody but its bearer may',
    deny('iam:CreateRole', { ...makingIt, Condition: { ArnNotLike: { 'aws:PrincipalArn': role('ai') } } }),
    false,
  ],
  ['nobody may make another', deny('iam:CreateRole', { Resource: role('other') }), true],
  [
    'nobody may make it in one Region',
    deny('iam:CreateRole', { ...makingIt, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }),
    true,
  ],
])('an SCP by which %s: free %s', (_, statement, free) => expect(isFree(name, fenceOf(statement), there)).toBe(free));

test('where no role was read nobody knows', () => {
  expect(isFree(name, fenceOf(), borne('user/bo'))).toBeNull();
  expect(isFree({ key: arn, values: [role('ai*')] }, fenceOf(), [])).toBe(false);
});
