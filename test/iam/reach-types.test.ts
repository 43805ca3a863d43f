import fc from 'fast-check';
import { actionsOf, describeAction, services } from '../../src/catalogue/actions.ts';
import { resourceSpaceOf } from '../../src/catalogue/resource-spaces.ts';
import { sensitivePermissions } from '../../src/catalogue/sensitive/index.ts';
import { ActionSet, hasBit } from '../../src/iam/action-set.ts';
import { matchesResource } from '../../src/iam/arn.ts';
import { heldOf } from '../../src/iam/held.ts';
import type { Holder } from '../../src/iam/holder.ts';
import { Knowledge } from '../../src/iam/knowledge.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import type { PolicyKind } from '../../src/iam/policy.ts';
import { callerOf } from '../../src/iam/principal.ts';
import { reach } from '../../src/iam/reach.ts';
import { samplesOfAll, zonesOf } from '../../src/iam/space.ts';
import { proveReach } from '../../src/iam/witness.ts';
import type { NamedPolicy, PolicyDocument } from './reference/case.ts';
import { referenceEvaluate } from './reference/evaluate.ts';

// Reach over what an action can act on, against the reference evaluator on real requests: resources of the action's types, or `*`.
const account = '111122223333';
const arn = `arn:aws:iam::${account}:role/app`;
const fixed = { 'aws:PrincipalArn': arn, 'aws:PrincipalAccount': account, 'aws:PrincipalType': 'AssumedRole' };
const knowledge = new Knowledge(fixed);

interface Policies {
  readonly identity: readonly NamedPolicy[];
  readonly boundary: readonly NamedPolicy[] | null;
  readonly scps: readonly (readonly NamedPolicy[])[];
}

const policy = (...statements: object[]): NamedPolicy => ({
  name: 'p',
  document: { Version: '2012-10-17', Statement: statements } as unknown as PolicyDocument,
});
const allow = (more: object = {}) => ({ Effect: 'Allow', Action: '*', Resource: '*', ...more });
const deny = (more: object = {}) => ({ ...allow(more), Effect: 'Deny' });
const denyBut = (NotResource: string) => ({ Effect: 'Deny', Action: '*', NotResource });
const parsed = (policies: readonly NamedPolicy[], kind: PolicyKind) =>
  policies.map(({ name, document }) => parsePolicy(document, kind, name));

function holderOf({ identity, boundary, scps }: Policies): Holder {
  return {
    ...{ caller: callerOf(arn), knowledge, rcps: [] },
    identity: parsed(identity, 'identity'),
    boundary: boundary === null ? null : parsed(boundary, 'boundary'),
    scps: scps.map((level) => parsed(level, 'scp')),
  };
}

/** Under the key policy that AWS makes where the resource is a KMS key: without one it opens to nobody. */
function decide({ identity, boundary, scps }: Policies, action: string, resource: string, free: object = {}): string {
  const keyPolicy = policy({ ...allow(), Principal: { AWS: `arn:aws:iam::${account}:root` } }).document;
  return referenceEvaluate({
    request: { principal: arn, action, resource, resourceAccount: account, context: { ...free, ...fixed } },
    policies: {
      ...{ identity, boundary, scps, rcps: [], session: null },
      resource: /:key\//.test(resource) ? keyPolicy : null,
    },
  });
}

const only = (action: string): ActionSet => new ActionSet([action], resourceSpaceOf);
const under = (...statements: object[]): Policies => ({
  ...{ identity: [policy(allow())], boundary: null },
  scps: [[policy(allow(), ...statements)]],
});
const stop = 'cloudtrail:StopLogging';

test.each([
  {
    name: 'a Deny on every trail',
    scp: deny({ Action: stop, Resource: 'arn:aws:cloudtrail:*:*:trail/*' }),
    verdict: 'denied',
  },
  {
    name: 'a Deny on the trails of the own account, by variable',
    scp: deny({ Resource: 'arn:aws:cloudtrail:*:${aws:PrincipalAccount}:trail/*' }),
    verdict: 'denied',
  },
  { name: 'a Deny on all but buckets', scp: denyBut('arn:aws:s3:::*'), verdict: 'denied' },
  {
    name: 'a Deny on other resources',
    scp: deny({ Resource: 'arn:aws:cloudtrail:*:*:eventdatastore/*' }),
    verdict: 'allowed',
  },
  {
    name: 'a Deny in one Region',
    scp: deny({ Resource: 'arn:aws:cloudtrail:us-east-1:*:trail/*' }),
    verdict: 'allowed',
  },
  { name: 'a Deny on one trail', scp: deny({ Resource: 'arn:aws:cloudtrail:*:*:trail/main' }), verdict: 'allowed' },
])('StopLogging under $name: $verdict', ({ scp, verdict }) => {
  expect(proveReach(holderOf(under(scp)), only(stop), null)).toMatchObject({ verdict, exact: true });
});

test.each([
  { action: 'cloudtrail:LookupEvents', resource: `arn:aws:cloudtrail:*:${account}:trail/*`, verdict: 'denied' },
  { action: 'cloudtrail:LookupEvents', resource: '*', verdict: 'allowed' },
  { action: 'iam:CreateUser', resource: `arn:aws:iam::${account}:role/*`, verdict: 'denied' },
  { action: 'iam:GetPolicyVersion', resource: 'arn:aws:iam::aws:policy/AdministratorAccess', verdict: 'allowed' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::a', verdict: 'denied' },
  { action: 's3:GetObject', resource: 'arn:aws:s3:::*b', verdict: 'allowed' },
])('$action, allowed on $resource alone: $verdict', ({ action, resource, verdict }) => {
  const policies = { identity: [policy(allow({ Resource: resource }))], boundary: null, scps: [] };
  expect(proveReach(holderOf(policies), only(action), null)).toMatchObject({ verdict, exact: true });
});

test('of an action that AWS does not list what gets through may be on anything: not exact, but never denied', () => {
  const policies = under(deny({ Resource: 'arn:aws:cloudtrail:*:*:trail/*' }));
  expect(resourceSpaceOf('cloudtrail:StopLoggin')).toBeNull();
  expect(proveReach(holderOf(policies), only('cloudtrail:StopLoggin'), null)).toMatchObject({
    verdict: 'allowed',
    exact: false,
  });
  const none = under(deny({ Action: 'cloudtrail:*' }));
  expect(proveReach(holderOf(none), only('cloudtrail:StopLoggin'), null)).toMatchObject({
    verdict: 'denied',
    exact: true,
  });
});

test('a resource can be made of every type of every action', () => {
  const caller = callerOf(arn);
  const failing = services()
    .flatMap(actionsOf)
    .flatMap(({ name }) => zonesOf(resourceSpaceOf(name), caller).map((zone) => ({ name, ...zone })))
    .filter(({ pattern, single }) => !single && samplesOfAll([pattern], account).length === 0);
  expect(failing).toEqual([]);
});

// Sensitive actions with a type, and some without; resources and patterns made of the formats of their types.
const actions = [
  ...[stop, 'cloudtrail:PutEventSelectors', 'cloudtrail:LookupEvents', 'cloudtrail:UpdateEventDataStore'],
  ...['iam:CreateUser', 'iam:PassRole', 'iam:AttachUserPolicy', 'iam:CreatePolicyVersion', 'sts:AssumeRole'],
  ...['s3:PutBucketPolicy', 's3:PutObject', 'kms:ScheduleKeyDeletion', 'bedrock:InvokeModel', 'ec2:RunInstances'],
  ...[
    'aws-external-anthropic:CreateInference',
    'aws-external-anthropic:CallWithBearerToken',
    'bedrock:CallWithBearerToken',
  ],
];
const words = ['main', 'a/b', 'x:y', 'prod-1', 'trail', ''];
const filledWith = (format: string, pick: (placeholder: string) => string): string =>
  format.replace(/\$\{([^}]*)\}/g, (_, name: string) => pick(name));
const formatsOf = (action: string): string[] => (describeAction(action)?.resources ?? []).flatMap(({ arns }) => arns);
const real = (action: string) =>
  fc
    .tuple(
      fc.constantFrom(...formatsOf(action), ...(describeAction(action)?.needsResource ? [] : ['*'])),
      fc.infiniteStream(fc.constantFrom(...words)),
      fc.constantFrom('us-east-1', 'eu-west-1'),
    )
    .map(([format, stream, region]) =>
      filledWith(format, (name) =>
        name === 'Partition'
          ? 'aws'
          : name === 'Account'
            ? account
            : name === 'Region'
              ? region
              : (stream.next().value ?? ''),
      ),
    );
const parts: Readonly<Record<string, readonly string[]>> = {
  Partition: ['aws', 'aws', '*', 'aws-cn'],
  Account: [account, '*', '*', '${aws:PrincipalAccount}', '999999999999', '${aws:PrincipalTag/t}', '1*'],
  Region: ['*', '*', 'us-east-1', 'us-*', '?u-west-1', ''],
};
const names = ['*', '*', 'main', 'a*', '*1', 'x:*', '?*', 'prod-?'];
const patternOf = (action: string) =>
  fc
    .tuple(
      fc.constantFrom(
        '*',
        'arn:*',
        'arn:aws:iam::*',
        'arn:aws:*:*:*:trail/*',
        ...formatsOf(action),
        ...formatsOf(action),
      ),
      fc.infiniteStream(fc.nat(1_000)),
    )
    .map(([format, stream]) =>
      filledWith(format, (name) => {
        const list = parts[name] ?? names;
        return list[(stream.next().value ?? 0) % list.length] ?? '*';
      }),
    );
const statementOf = (action: string) =>
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Deny', 'Deny'),
      Action: fc.constantFrom('*', action, `${action.split(':')[0]}:*`),
      element: fc.constantFrom('Resource', 'Resource', 'Resource', 'NotResource'),
      patterns: fc.array(fc.oneof(patternOf(action), fc.constantFrom(...actions).chain(patternOf)), {
        minLength: 1,
        maxLength: 2,
      }),
      Condition: fc.constantFrom(
        undefined,
        undefined,
        undefined,
        { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
        { Bool: { 'aws:SecureTransport': 'true' } },
      ),
    })
    .map(({ Effect, Action, element, patterns, Condition }) => ({
      Effect,
      Action,
      [element]: patterns,
      ...(Condition === undefined ? {} : { Condition }),
    }));
const policiesOf = (action: string): fc.Arbitrary<Policies> => {
  const some = fc.array(statementOf(action), { minLength: 1, maxLength: 3 }).map((it) => policy(...it));
  const full = fc.tuple(fc.boolean(), some).map(([whole, it]) => (whole ? [policy(allow()), it] : [it]));
  return fc.record({ identity: full, boundary: fc.option(full, { freq: 1 }), scps: fc.array(full, { maxLength: 1 }) });
};
const question = fc.constantFrom(...actions).chain((action) =>
  fc.record({
    action: fc.constant(action),
    policies: policiesOf(action),
    resources: fc.array(real(action), { minLength: 1, maxLength: 6 }),
    free: fc.constantFrom(
      {},
      { 'aws:RequestedRegion': 'eu-west-1' },
      { 'aws:SecureTransport': 'true', 'aws:RequestedRegion': 'us-east-1' },
    ),
  }),
);
const runs = Number(process.env['ASSAY_FUZZ_RUNS'] ?? 1_200);

test('sound: what some real request is allowed is never denied; what is found stands, and is of the action’s types', () => {
  const tally: Record<string, number> = {};
  fc.assert(
    fc.property(question, ({ action, policies, resources, free }) => {
      const { verdict, exact, resource, witness } = proveReach(holderOf(policies), only(action), null);
      tally[verdict] = (tally[verdict] ?? 0) + 1;
      for (const it of resources)
        if (decide(policies, action, it, free) === 'Allowed')
          expect([verdict, action, it]).not.toEqual(['denied', action, it]);
      if (resource !== null) expect(decide(policies, action, resource, free)).toBe('Allowed');
      if (witness !== null) expect(decide(policies, action, witness.resource, witness.context)).toBe('Allowed');
      for (const it of [resource, witness?.resource]) if (it != null) expect(isOfTypes(action, it)).toBe(true);
      if (exact && verdict !== 'denied') expect(witness).not.toBeNull();
    }),
    { numRuns: runs },
  );
  for (const verdict of ['allowed', 'conditional', 'denied']) expect(tally[verdict]).toBeGreaterThan(runs / 20);
});

const isOfTypes = (action: string, resource: string): boolean =>
  resource === '*'
    ? describeAction(action)?.needsResource === false
    : [...formatsOf(action), 'arn:aws:iam::aws:policy/*'].some((format) =>
        matchesResource(
          filledWith(format, () => '*'),
          resource,
        ),
      );

test('held is the reach of each action, whichever act on the same', () => {
  const set = new ActionSet(actions, resourceSpaceOf);
  fc.assert(
    fc.property(question, ({ policies }) => {
      const holder = holderOf(policies);
      const held = heldOf(holder, set);
      for (const [at, action] of actions.entries()) {
        const verdict = hasBit(held.allowed, at) ? 'allowed' : hasBit(held.conditional, at) ? 'conditional' : 'denied';
        expect([action, verdict]).toEqual([action, reach(holder, only(action)).verdict]);
      }
    }),
    { numRuns: runs / 10 },
  );
});

test('every sensitive permission can be held, on a resource of its types', () => {
  const holder = holderOf({ identity: [policy(allow())], boundary: null, scps: [] });
  const wrong = sensitivePermissions.filter(({ action }) => {
    const { verdict, exact, witness } = proveReach(holder, only(action), null);
    return verdict !== 'allowed' || !exact || witness === null || !isOfTypes(action, witness.resource);
  });
  expect(wrong).toEqual([]);
});
