import fc from 'fast-check';
import { ActionSet, hasBit } from '../../src/iam/action-set.ts';
import { Context } from '../../src/iam/context.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import { heldOf } from '../../src/iam/held.ts';
import { type Holder, Position } from '../../src/iam/holder.ts';
import { Knowledge } from '../../src/iam/knowledge.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import type { Policy } from '../../src/iam/policy.ts';
import { callerOf } from '../../src/iam/principal.ts';
import { reach } from '../../src/iam/reach.ts';
import { requestOf } from '../../src/iam/request.ts';
import { witnessOf } from '../../src/iam/witness.ts';

const account = '111122223333';
const only = (action: string) => new ActionSet([action]);
const arn = `arn:aws:iam::${account}:role/app`;
const knowledge = new Knowledge({
  'aws:PrincipalArn': arn,
  'aws:PrincipalAccount': account,
  'aws:PrincipalType': 'AssumedRole',
});
const policy = (...statements: object[]): Policy =>
  parsePolicy({ Version: '2012-10-17', Statement: statements }, 'identity', 'p');
const allow = (more: object = {}) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: 'Deny' });
const holder = (more: Partial<Holder>): Holder => ({
  caller: callerOf(arn),
  knowledge,
  identity: [policy(allow())],
  boundary: null,
  scps: [],
  rcps: [],
  ...more,
});

test.each([
  { name: 'an administrator', with: {}, verdict: 'allowed' },
  { name: 'nothing granted', with: { identity: [] }, verdict: 'denied' },
  {
    name: 'another account’s resource',
    with: { identity: [policy(allow({ Resource: 'arn:aws:iam::999999999999:role/x' }))] },
    verdict: 'denied',
  },
  {
    name: 'what AWS offers to every account',
    with: { identity: [policy(allow({ Resource: 'arn:aws:iam::aws:policy/*' }))] },
    verdict: 'allowed',
  },
  {
    name: 'a variable that the principal fixes',
    with: { identity: [policy(allow({ Resource: 'arn:aws:s3:::${aws:PrincipalAccount}/*' }))] },
    verdict: 'allowed',
  },
  {
    name: 'a Deny of a variable that the principal fixes',
    with: {
      identity: [
        policy(
          allow({ Resource: `arn:aws:s3:::${account}/*` }),
          deny({ Resource: 'arn:aws:s3:::${aws:PrincipalAccount}/*' }),
        ),
      ],
    },
    verdict: 'denied',
  },
  {
    name: 'a Deny of a literal star',
    with: {
      identity: [policy(allow({ Resource: 'arn:aws:s3:::a/*' }), deny({ Resource: 'arn:aws:s3:::a/${*}' }))],
    },
    verdict: 'conditional',
  },
  {
    name: 'a condition on a free key',
    with: { identity: [policy(allow({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))] },
    verdict: 'conditional',
  },
  {
    name: 'a condition on the principal that holds',
    with: { identity: [policy(allow({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' } } }))] },
    verdict: 'allowed',
  },
  {
    name: 'a condition on the principal that does not',
    with: { identity: [policy(allow({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/b' } } }))] },
    verdict: 'denied',
  },
  { name: 'an SCP level that allows nothing', with: { scps: [[policy(allow())], []] }, verdict: 'denied' },
  {
    name: 'a Deny of everything in an SCP',
    with: { scps: [[policy(allow(), deny({ Action: 's3:*' }))]] },
    verdict: 'denied',
  },
  {
    name: 'a Deny that exempts the principal',
    with: { scps: [[policy(allow(), deny({ Condition: { ArnNotLike: { 'aws:PrincipalArn': arn } } }))]] },
    verdict: 'allowed',
  },
  {
    name: 'a Deny under a condition',
    with: {
      scps: [[policy(allow(), deny({ Condition: { StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }))]],
    },
    verdict: 'conditional',
  },
  {
    name: 'a Deny of some resources',
    with: { scps: [[policy(allow(), deny({ Resource: 'arn:aws:s3:::secret*' }))]] },
    verdict: 'allowed',
  },
  {
    name: 'a Deny that covers what is granted',
    with: {
      identity: [policy(allow({ Resource: 'arn:aws:s3:::secret-1/*' }), deny({ Resource: 'arn:aws:s3:::secret*' }))],
    },
    verdict: 'denied',
  },
  {
    name: 'a Deny of all but what is not granted',
    with: {
      identity: [
        policy(allow({ Resource: 'arn:aws:s3:::a/*' }), {
          Effect: 'Deny',
          Action: '*',
          NotResource: 'arn:aws:s3:::b/*',
        }),
      ],
    },
    verdict: 'denied',
  },
  {
    name: 'a boundary elsewhere',
    with: {
      boundary: [policy(allow({ Resource: 'arn:aws:s3:::b/*' }))],
      identity: [policy(allow({ Resource: 'arn:aws:s3:::a/*' }))],
    },
    verdict: 'denied',
  },
  { name: 'an RCP on the resource', with: { rcps: [[policy(deny({ Action: 's3:GetObject' }))]] }, verdict: 'denied' },
])('$name: $verdict', ({ with: more, verdict }) => {
  expect(reach(holder(more), only('s3:GetObject')).verdict).toBe(verdict);
});

test('a denial names what stops it, a condition what it depends on', () => {
  const stopped = reach(
    holder({ scps: [[policy(allow(), deny({ Sid: 'NoS3', Action: 's3:*' }))]] }),
    only('s3:GetObject'),
  );
  expect(stopped.because.map(({ layer, level, statement }) => [layer, level, statement.sid])).toEqual([
    ['scp', 0, 'NoS3'],
  ]);
  const bound = reach(
    holder({ identity: [policy(allow({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } }))] }),
    only('s3:GetObject'),
  );
  expect(bound.conditions.map(({ effect, condition: { key, values } }) => [effect, key, values])).toEqual([
    ['Allow', 'aws:securetransport', ['true']],
  ]);
});

// Properties, over a small vocabulary in which patterns, conditions and layers meet often.
const actions = ['s3:GetObject', 's3:PutObject', 'iam:PassRole', 'bedrock:InvokeModel', 'sts:AssumeRole'];
const resources = [
  'arn:aws:s3:::a/1',
  'arn:aws:s3:::b/1',
  `arn:aws:iam::${account}:role/app`,
  `arn:aws:iam::${account}:role/zq7`,
  '*',
  'arn:aws:s3:::ab',
];
const patterns = [
  '*',
  'arn:aws:s3:::*',
  'arn:aws:s3:::a/*',
  'arn:aws:s3:::*b',
  'arn:aws:s3:::a?',
  'arn:aws:s3:*',
  'arn:aws:iam::*:role/app',
  `arn:aws:iam::${account}:role/*`,
  'arn:aws:iam::999999999999:role/*',
  'arn:aws:s3:::${aws:PrincipalTag/t}/*',
  'arn:aws:s3:::${aws:PrincipalAccount}/*',
];
const keys = [
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalTag/t',
  'aws:RequestedRegion',
  'aws:SecureTransport',
  's3:max-keys',
];
const values = [
  'a',
  'b',
  'a*',
  '',
  'true',
  'false',
  '5',
  arn,
  'arn:aws:iam::*:role/*',
  account,
  '${aws:PrincipalTag/t}',
];
const operators = [
  'StringEquals',
  'StringNotEquals',
  'StringLike',
  'StringNotLike',
  'ArnLike',
  'ArnNotLike',
  'Bool',
  'Null',
  'NumericLessThan',
  'StringEqualsIfExists',
  'StringNotEqualsIfExists',
  'ForAllValues:StringEquals',
  'ForAnyValue:StringLike',
  'ForAnyValue:StringNotEquals',
];
const some = <T>(...of: T[]) => fc.array(fc.constantFrom(...of), { minLength: 1, maxLength: 2 });
const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    action: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), some('*', 's3:*', '*:Get*', ...actions)),
    resource: fc.tuple(fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'), some(...patterns)),
    condition: fc.option(fc.tuple(fc.constantFrom(...operators), fc.constantFrom(...keys), some(...values))),
  })
  .map(({ effect, action, resource, condition }) => ({
    Effect: effect,
    [action[0]]: action[1],
    [resource[0]]: resource[1],
    ...(condition === null ? {} : { Condition: { [condition[0]]: { [condition[1]]: condition[2] } } }),
  }));
const policies = (maxLength: number) =>
  fc.array(
    fc.array(statement, { minLength: 1, maxLength: 3 }).map((it) => policy(...it)),
    { maxLength },
  );
const level = fc.tuple(fc.boolean(), policies(1)).map(([full, rest]) => (full ? [policy(allow()), ...rest] : rest));
const holders = fc
  .record({
    identity: policies(2),
    boundary: fc.option(policies(2).filter(({ length }) => length > 0)),
    scps: fc.array(level, { maxLength: 2 }),
    rcps: fc.array(level, { maxLength: 1 }),
  })
  .map((parts) => holder(parts));
const contexts = fc.dictionary(
  fc.constantFrom(...keys.slice(2)),
  fc.oneof(fc.constantFrom(...values.slice(0, 7)), some('a', 'b', 'true')),
  { maxKeys: 3 },
);
const layersOf = ({ identity, boundary, scps, rcps }: Holder) => ({
  identity,
  boundary,
  scps,
  rcps,
  session: null,
  resource: null,
});
const decide = (of: Holder, action: string, resource: string, free: object) =>
  evaluate(
    requestOf({
      principal: arn,
      action,
      resource,
      resourceAccount: account,
      context: knowledge.with(free as Record<string, unknown>),
    }),
    layersOf(of),
  ).decision;

const runs = Number(process.env['ASSAY_FUZZ_RUNS'] ?? 10_000);

test('sound: what some request is allowed is never denied; `allowed` names a resource that every context lets through', () => {
  fc.assert(
    fc.property(
      holders,
      fc.constantFrom(...actions),
      fc.constantFrom(...resources),
      fc.array(contexts, { minLength: 1, maxLength: 4 }),
      (of, action, resource, tries) => {
        const anywhere = reach(of, only(action));
        const there = reach(of, only(action), resource);
        for (const free of tries) {
          if (decide(of, action, resource, free) === 'Allowed') {
            expect(anywhere.verdict).not.toBe('denied');
            expect(there.verdict).not.toBe('denied');
          } else expect(there.verdict).not.toBe('allowed');
          if (anywhere.resource !== null) expect(decide(of, action, anywhere.resource, free)).toBe('Allowed');
        }
      },
    ),
    { numRuns: runs },
  );
});

test('held is the reach of each action', () => {
  const set = new ActionSet(actions);
  fc.assert(
    fc.property(holders, (of) => {
      const held = heldOf(of, set);
      for (const [at, action] of actions.entries()) {
        const verdict = hasBit(held.allowed, at) ? 'allowed' : hasBit(held.conditional, at) ? 'conditional' : 'denied';
        expect(verdict).toBe(reach(of, only(action)).verdict);
      }
    }),
    { numRuns: runs / 5 },
  );
});

test('a witness is a request that is allowed', () => {
  let found = 0;
  fc.assert(
    fc.property(holders, fc.constantFrom(...actions), (of, action) => {
      const spoken = new Position(of).on(new ActionSet([action]), 0);
      const witness = witnessOf(of, action, spoken, { caller: of.caller, resource: null });
      if (witness === null) return;
      found++;
      expect(decide(of, action, witness.resource, witness.context)).toBe('Allowed');
      expect(reach(of, only(action)).verdict).not.toBe('denied');
    }),
    { numRuns: runs / 5 },
  );
  expect(found).toBeGreaterThan(runs / 200);
});

test('a key that the principal fixes cannot be changed by the request', () => {
  expect(new Context(knowledge.with({ 'aws:PrincipalAccount': 'x' })).get('aws:principalaccount')).toEqual([account]);
});
