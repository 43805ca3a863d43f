import fc from 'fast-check';
import { describeAction } from '../../src/catalogue/actions.ts';
import type { LastAccessedReport, RoleFact } from '../../src/domain/facts.ts';
import { account, long, read, recent, role } from '../support/facts.ts';
import { decided, named, policiesOf, proposed, proposedFor, todays } from './support.ts';

// Random policies and usage. What a permission's use is, is worked out here anew, from the words of design §3 alone.

const old = '2026-01-01T00:00:00Z';
const [unlisted, made] = ['FrobnicateThing', 'ZapThing']; // in no catalogue: in a policy or report, and nowhere
const names: Readonly<Record<string, readonly string[]>> = {
  s3: ['GetObject', 'GetBucketAcl', 'PutObject', 'PutBucketPolicy', 'ListAllMyBuckets', 'DeleteBucket', unlisted, made],
  iam: ['PassRole', 'CreateUser', 'GetUser', 'ListUsers', unlisted],
  bedrock: ['InvokeModel', 'GetGuardrail', 'UpdateGuardrail', made],
  sts: ['AssumeRole', 'TagSession'],
  foo: ['Bar', 'Baz', made],
};
const services = Object.keys(names);
const actions = services.flatMap((service) => (names[service] ?? []).map((name) => `${service}:${name}`));

const pattern = fc.oneof(
  fc.constantFrom(...actions.filter((action) => !action.endsWith(made))),
  fc.constantFrom(
    '*',
    's3:*',
    's3:Get*',
    'S3:getobject',
    's?:*',
    '*:Get*',
    's3:*Bucket*',
    'bedrock:*',
    'bedrock:?nvoke*',
  ),
  fc.constantFrom(
    'foo:*',
    'foo:Ba?',
    'iam:*',
    'iam:*User*',
    'iam:PassRole',
    'sts:*',
    'BEDROCK:UPDATE*',
    `s3:${unlisted}`,
  ),
);
const resources = ['arn:aws:s3:::one/x', 'arn:aws:s3:::two', `arn:aws:iam::${account}:role/r`] as const;
const scope = fc.constantFrom<object[]>(
  { Resource: '*' },
  { Resource: '*' },
  { Resource: ['arn:aws:s3:::one/*', 'arn:aws:iam::*:role/*'] },
  { NotResource: 'arn:aws:s3:::two' },
  { Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } },
  { Resource: 'arn:aws:s3:::${aws:username}/*' },
);
const contexts = [{}, { 'aws:RequestedRegion': 'eu-west-1' }, { 'aws:username': 'one' }];
const statement = fc
  .record({
    effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
    list: fc.constantFrom('Action', 'Action', 'Action', 'NotAction'),
    actions: fc.array(pattern, { minLength: 1, maxLength: 4 }),
    scope,
  })
  .map(({ effect, list, actions: patterns, scope: where }) => ({ Effect: effect, [list]: patterns, ...where }));
const policy = fc.record({
  Version: fc.constantFrom('2012-10-17', '2012-10-17', '2008-10-17'),
  Statement: fc.array(statement, { minLength: 1, maxLength: 3 }),
});
const roles = fc
  .array(policy, { minLength: 1, maxLength: 3 })
  .map((policies): RoleFact => role('app', null, { inline: policies.map((it, at) => named(`p${at}`, it)) }));

const date = fc.constantFrom(null, recent, old);
const reports = fc
  .record({
    granularity: fc.constant('ACTION_LEVEL' as const),
    services: fc.subarray(services).chain((listed) =>
      fc.tuple(
        ...listed.map((namespace) =>
          fc.record({
            namespace: fc.constant(namespace),
            lastAuthenticated: date,
            lastRegion: fc.constant(null),
            tracked: fc
              .subarray((names[namespace] ?? []).filter((name) => name !== made && name !== 'PassRole'))
              .chain((tracked) =>
                fc.tuple(
                  ...tracked.map((action) => date.map((lastAccessed) => ({ action, lastAccessed, region: null }))),
                ),
              ),
          }),
        ),
      ),
    ),
  })
  .map((it): LastAccessedReport => it);

/** Design §3: by the action's date where it is tracked, else unused where its service has none in the window. */
function isUnused(action: string, { services: listed }: LastAccessedReport): boolean {
  const [prefix = '', name = ''] = action.split(':');
  const service = listed.find(({ namespace }) => namespace === prefix);
  if (action === 'iam:PassRole' || service === undefined) return false;
  const tracked = service.tracked.find((it) => it.action === name);
  return (tracked === undefined ? service.lastAuthenticated : tracked.lastAccessed) !== recent;
}

/** Whether AWS or the account names an action, so that it can be told apart. */
const isNamed = (action: string, fact: RoleFact, report: LastAccessedReport): boolean =>
  describeAction(action) !== undefined ||
  JSON.stringify(fact.inline).includes(`"${action}"`) ||
  report.services.some(({ namespace, tracked }) => tracked.some((it) => `${namespace}:${it.action}` === action));

interface Asked {
  readonly action: string;
  readonly before: string;
  readonly after: string;
}

/** Every request that the names, resources and contexts make, before and after. */
function* asked(fact: RoleFact, after: ReturnType<typeof policiesOf>): Generator<Asked> {
  const before = todays(fact);
  for (const action of actions)
    for (const resource of resources)
      for (const context of contexts)
        yield {
          action,
          before: decided(before, action, resource, context),
          after: decided(after, action, resource, context),
        };
}

const runs = { numRuns: 20 };

test('no request that is stopped today passes under the new policies, and no Deny is lost', () => {
  fc.assert(
    fc.property(roles, reports, (fact, report) => {
      for (const { action, before, after } of asked(fact, policiesOf(proposed(proposedFor(fact, read(report)))))) {
        if (before !== 'Allowed') expect([action, after]).toEqual([action, before]);
        else expect([action, after]).not.toEqual([action, 'ExplicitlyDenied']);
      }
    }),
    runs,
  );
});

test('whatever was used, and whatever AWS does not tell of, passes as before; what was not used passes no more', () => {
  fc.assert(
    fc.property(roles, reports, (fact, report) => {
      const result = proposed(proposedFor(fact, read(report)));
      for (const { action, before, after } of asked(fact, policiesOf(result))) {
        if (!isNamed(action, fact, report) || action === 'iam:PassRole') continue;
        expect([action, after]).toEqual([
          action,
          isUnused(action, report) && before === 'Allowed' ? 'ImplicitlyDenied' : before,
        ]);
      }
      const idle = report.services.every(({ lastAuthenticated }) => lastAuthenticated !== recent);
      const passes = result.proof.diff['kept-untrackable'].includes('iam:PassRole');
      if (!idle && result.proof.diff.removed.includes('iam:PassRole')) expect(passes).toBe(true);
    }),
    runs,
  );
});

test('an action nobody has heard of stays where its service was used and AWS tracks none of its actions', () => {
  fc.assert(
    fc.property(roles, reports, (fact, report) => {
      const used = report.services.find(({ namespace }) => namespace === 'bedrock');
      fc.pre(used?.lastAuthenticated === recent && used.tracked.length === 0);
      fc.pre(!JSON.stringify(fact.inline).includes('NotAction'));
      for (const { action, before, after } of asked(fact, policiesOf(proposed(proposedFor(fact, read(report))))))
        if (action === `bedrock:${made}`) expect(after).toBe(before);
    }),
    { numRuns: 20, maxSkipsPerRun: 1_000 },
  );
});

test('where nothing was measured every request is decided as before, whatever the action', () => {
  const unmeasured = fc.constantFrom<{ created: string | null; seen: 'report' | 'none' }[]>(
    { created: recent, seen: 'report' },
    { created: null, seen: 'report' },
    { created: long, seen: 'none' },
  );
  fc.assert(
    fc.property(roles, reports, unmeasured, (fact, report, { created, seen }) => {
      const result = proposed(proposedFor({ ...fact, created }, seen === 'none' ? undefined : read(report)));
      for (const { action, before, after } of asked(fact, policiesOf(result)))
        expect([action, after]).toEqual([action, before]);
      expect(result.proof.diff.removed).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('losing a report, a service of it or an action of it never takes more away', () => {
  fc.assert(
    fc.property(roles, reports, fc.nat(), (fact, report, pick) => {
      const removed = (seen: LastAccessedReport): string[] => [
        ...proposed(proposedFor(fact, read(seen))).proof.diff.removed,
      ];
      const without = report.services.filter((_, at) => at !== pick % Math.max(1, report.services.length));
      const all = new Set(removed(report));
      expect(removed({ ...report, services: without }).filter((action) => !all.has(action))).toEqual([]);
    }),
    { numRuns: 20 },
  );
});
