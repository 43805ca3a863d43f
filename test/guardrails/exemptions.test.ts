import { accountId } from '../../src/domain/ids.ts';
import { type Probe, probe } from '../../src/guardrails/define.ts';
import { type Fault, faultsIn } from '../../src/guardrails/diagnose.ts';
import { gradeOf, isApproved } from '../../src/guardrails/grade.ts';
import { aiKeyMaxAge, aiWorkspaceAdminAllowList, noLongTermAiKeyUse } from '../../src/guardrails/index.ts';
import { isBroad } from '../../src/guardrails/principal-patterns.ts';
import { proveAll } from '../../src/guardrails/proofs.ts';
import type { Fence } from '../../src/guardrails/prove.ts';
import { statementsFrom } from '../../src/guardrails/statements.ts';
import { fullAccess } from '../../src/iam/full-access.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import { allow, deny, policy } from '../support/organization-snapshot.ts';

// Whom a statement leaves out or lets in, one condition each; and what is no exemption though it looks like one.

const account = accountId('111122223333');
const guarded = { account, maxKeyAgeDays: 90, allowedAudiences: [] };
const scp = (...statements: object[]) => parsePolicy(policy(...statements), 'scp', 'scp');
const fenceOf = (...scps: Fence['scps']): Fence => ({ account, organization: 'o-example', scps, rcps: [] });
const gradeBehind = (...scps: Fence['scps']) => gradeOf(aiWorkspaceAdminAllowList, guarded, fenceOf(...scps)).grade;
const claude = 'aws-external-anthropic:*';

test.each([
  ['StringNotEquals', 'aws:PrincipalTag/team', 'ai', 'enforced-with-exceptions'],
  ['ForAnyValue:StringNotEquals', 'aws:PrincipalTag/team', 'ai', 'absent'], // who has no such tag gets through as well
  ['ForAnyValue:StringNotEqualsIfExists', 'aws:PrincipalTag/team', 'ai', 'enforced-with-exceptions'],
  ['StringNotLike', 'aws:PrincipalTag/team', '*', 'enforced-with-exceptions'], // whoever has the tag, not everybody
  ['Null', 'aws:PrincipalTag/team', 'true', 'enforced-with-exceptions'],
  ['StringNotLike', 'aws:username', '*', 'partial'], // every user
  ['ForAllValues:StringLike', 'aws:PrincipalArn', '*', 'enforced'], // every request carries the key, with one value
  ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${account}:role/*`, 'absent'], // users and root stay
])('a Deny where %s of %s is %s: %s', (operator, key, value, grade) => {
  expect(gradeBehind([fullAccess, scp(deny(claude, { Condition: { [operator]: { [key]: value } } }))])).toBe(grade);
});

test.each([
  ['StringEquals', 'aws:PrincipalTag/team', 'enforced-with-exceptions'],
  ['StringEqualsIfExists', 'aws:PrincipalTag/team', 'absent'], // who has no such tag is let in as well
  ['ForAllValues:StringEquals', 'aws:PrincipalTag/team', 'absent'],
  ['StringNotEquals', 'aws:PrincipalTag/team', 'absent'],
  ['StringEquals', 'aws:SourceVpce', 'absent'],
])('an Allow of it only where %s of %s: %s', (operator, key, grade) => {
  const admitting = allow(claude, { Condition: { [operator]: { [key]: 'ai' } } });
  expect(gradeBehind([fullAccess], [scp(allow('s3:*'), admitting)])).toBe(grade);
});

test('an exemption of anybody is never one that was approved', () => {
  const exemption = { key: 'aws:principalarn', values: ['a'], wild: true, anyCase: false };
  expect(isApproved(exemption, ['a', 'b'])).toBe(true);
  expect(isApproved({ ...exemption, values: ['a', 'c'] }, ['a', 'b'])).toBe(false);
  expect(isApproved({ ...exemption, values: [] }, ['a', 'b'])).toBe(false);
  expect(isApproved({ ...exemption, key: 'aws:username' }, ['a', 'b'])).toBe(false);
});

test.each([
  ['role/ops', false],
  ['role/ops*', true],
  ['role/*/ops', true],
  ['role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*', false], // nobody but AWS makes one
  ['role/aws-reserved/sso.amazonaws.com/*', true],
  ['role/aws-service-role/*/AWSServiceRoleForSupport', false],
  ['user/aws-reserved/ops*', true],
])('%s is broad: %s', (name, broad) => {
  expect(isBroad(`arn:aws:iam::*:${name}`)).toBe(broad);
});

test('requests that differ in a key that one does not carry are proven apart', () => {
  const age = 'iam:ServiceSpecificCredentialAgeDays';
  const create = (absent: string[]): Probe => probe('iam:CreateServiceSpecificCredential', '*', { absent });
  const ifMissing = scp(deny('iam:*', { Condition: { Null: { [age]: 'true' } } }));
  const states = (...probes: Probe[]) => proveAll(probes, fenceOf([fullAccess, ifMissing])).map(({ state }) => state);
  expect(states(create([age]), create([]))).toEqual(['closed', 'open']);
  expect(states(create([]), create([age]))).toEqual(['open', 'closed']);
});

test('closings of one Sid that ask for something else are statements of their own', () => {
  const conditions = [{ Bool: { 'aws:ViaAWSService': 'false' } }, { StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }];
  const entries = [...conditions, undefined].map((condition) => ({
    closing: { sid: 'One', actions: ['s3:GetObject'], ...(condition === undefined ? {} : { condition }) },
    actions: ['s3:GetObject'],
    exempt: [],
  }));
  expect(statementsFrom(entries).map(({ Condition }) => Condition)).toEqual([...conditions, undefined]);
});

const age = (operator: string) =>
  deny('iam:CreateServiceSpecificCredential', {
    Condition: { [operator]: { 'iam:ServiceSpecificCredentialAgeDays': '90' } },
  });
const exempting = (operator: string, arn = 'arn:aws:iam::*:role/ai') =>
  deny(claude, { Condition: { [operator]: { 'aws:PrincipalArn': arn } } });
const token = (operator: string, keys: Readonly<Record<string, string>>) =>
  deny('*:CallWithBearerToken', {
    Condition: {
      [operator]: Object.fromEntries(Object.entries(keys).map(([it, value]) => [`${it}:BearerTokenType`, value])),
    },
  });
const both = { bedrock: 'LONG_TERM', 'bedrock-mantle': 'LONG_TERM' };
const onWorkspaces = { Resource: 'arn:aws:aws-external-anthropic:*:*:workspace/*' };

/** Of each broken form one example, and the like of it that is not broken. */
const examples: Readonly<Record<Fault['fault'], readonly [typeof aiKeyMaxAge, object, object]>> = {
  'conditions-never-meet': [noLongTermAiKeyUse, token('StringEquals', both), token('StringNotEquals', both)],
  'value-in-other-case': [
    noLongTermAiKeyUse,
    token('StringEquals', { bedrock: 'long_term' }),
    token('StringEqualsIgnoreCase', { bedrock: 'long_term' }),
  ],
  'bound-to-workspaces': [aiWorkspaceAdminAllowList, deny(claude, onWorkspaces), deny(claude)],
  'wildcard-under-equals': [
    aiWorkspaceAdminAllowList,
    exempting('StringNotEquals'),
    exempting('StringNotEquals', 'arn:aws:iam::111122223333:role/ai'),
  ],
  'for-all-values': [aiWorkspaceAdminAllowList, exempting('ForAllValues:ArnNotLike'), exempting('ArnNotLike')],
  'greater-than-without-key': [aiKeyMaxAge, age('NumericGreaterThan'), age('NumericGreaterThanIfExists')],
};

test.each(Object.entries(examples))('%s is named, and only there', (fault, [guardrail, broken, sound]) => {
  const found = (statement: object) => faultsIn([scp(statement)], guardrail.probes(guarded)).map((it) => it.fault);
  expect([found(broken), found(sound)]).toEqual([[fault], []]);
});
