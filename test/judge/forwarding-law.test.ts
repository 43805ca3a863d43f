import fc from 'fast-check';
import type { EventDataStoreFact } from '../../src/domain/facts.ts';
import type { EventRule, ForwardingFacts, LogRoutes } from '../../src/domain/forwarding.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { judgeForwarding } from '../../src/judge/forwarding.ts';
import { judgeLogging } from '../../src/judge/logging.ts';
import { account, clock, denied, factsWith, fields, noShared, read, store, trail } from '../support/facts.ts';
import { afterCommand, type Forwarding } from '../support/forwarding.ts';

// Whatever an account forwards its events by, and whichever list of it is lost: no grade is better than with all of them.

const type = 'AWS::Bedrock::Guardrail';
const group = `arn:aws:logs:us-east-1:${account}:log-group:trail:*`;
const bus = (name: string, region = 'us-east-1', whose: string = account) =>
  `arn:aws:events:${region}:${whose}:event-bus/${name}`;
const buses = [bus('a'), bus('b'), bus('c', 'eu-west-1')];
const ends = [
  `arn:aws:sns:us-east-1:${account}:t`,
  'arn:aws:lambda:us-east-1:1:function:f',
  bus('x', 'us-east-1', '9'.repeat(12)),
];
const known = ['stored-only', 'forwarded', 'monitored'];

/** AWS takes each name once. */
const few = <T extends { readonly name: string }>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { maxLength: 2, selector: (it) => it.name }).map(read);
const name = fc.constantFrom('m', 'n');
const text = fc.constantFrom(
  '',
  '{ $.eventSource = "bedrock.amazonaws.com" }',
  '{ $.eventSource = "s3.amazonaws.com" }',
  '[a, b]',
);
const besides = fc.constantFrom(null, null, 'a log transformer');
const destination = fc.constant('arn:aws:firehose:us-east-1:1:x');
const routes: fc.Arbitrary<LogRoutes> = fc.record({
  filters: few(fc.record({ name, pattern: text, besides, metrics: name.map((it) => [{ namespace: 'N', name: it }]) })),
  subscriptions: few(fc.record({ name, pattern: text, besides, destination })),
  policies: few(
    fc.record({
      name,
      sends: fc.option(fc.record({ pattern: text, destination })),
      leavesOut: fc.constantFrom(null, [], ['trail']),
    }),
  ),
});
const alarms = few(
  fc.record({
    name,
    metrics: name.map((it) => [{ namespace: 'N', name: it }]),
    rule: fc.constantFrom(null, 'ALARM("m")', 'ALARM("m") AND ALARM("z")'),
    actionsEnabled: fc.boolean(),
    actions: fc.constantFrom([], ['arn:aws:sns:x']),
  }),
);
const rules: fc.Arbitrary<Reading<readonly EventRule[]>> = few(
  fc.record({
    name,
    pattern: fc.constantFrom(
      '{"detail":{"eventSource":["bedrock.amazonaws.com"]}}',
      '{"detail":{"eventName":["CreateGuardrail"]}}',
      '{"source":["aws.s3"]}',
      '{"detail":{"eventName":[{"later":1}]}}',
      null,
    ),
    state: fc.constantFrom('ENABLED', 'ENABLED', 'DISABLED'),
    targets: fc.subarray([...ends, ...buses, bus('default', 'eu-west-1'), bus('default')], { maxLength: 2 }).map(read),
  }),
);
const forwarding: fc.Arbitrary<ForwardingFacts> = fc.record({
  groups: routes.map((it) => ({ [group]: it })),
  alarms: alarms.map((it) => ({ 'us-east-1': it })),
  rules: fc.record({ 'us-east-1': rules, 'eu-west-1': rules }),
  buses: fc.tuple(rules, rules, rules).map((lists) => Object.fromEntries(lists.map((list, at) => [buses[at], list]))),
});

const selectors = { advanced: [fields({ eventCategory: ['Data'], 'resources.type': [type] })] };
const settings = { validated: true, kmsKey: null, logGroup: group, bucket: 'logs' };
const facts = factsWith({
  logging: {
    trails: { 'us-east-1': read([trail('t', selectors, { settings })]) },
    stores: { 'us-east-1': read([]) },
  },
});
const recorded = judgeLogging(facts, noShared, { clock }).filter(({ eventClass }) => eventClass === type);
const gradeOf = (it: ForwardingFacts): string =>
  judgeForwarding({ ...facts, forwarding: it }, noShared, recorded)[0]?.grade ?? '';

/** The facts without one reading each, every one in turn. */
function* losses<T>(fact: T): Generator<T> {
  if (fact === null || typeof fact !== 'object') return;
  if ('kind' in fact && fact.kind === 'known') yield denied as T;
  for (const [key, inner] of Object.entries(fact))
    for (const less of losses(inner)) {
      const copy = Array.isArray(fact) ? [...fact] : { ...fact };
      yield Object.assign(copy, { [key]: less }) as T;
    }
}

test('a lost list makes no grade better', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(forwarding, (whole) => {
      const grade = gradeOf(whole);
      seen.add(grade);
      for (const less of losses(whole)) {
        const lost = gradeOf(less);
        if (lost === 'stored-only')
          expect(grade).toBe(lost); // nor is it said that nobody hears of it
        else if (lost !== 'not-measured') expect(known.slice(0, known.indexOf(grade) + 1)).toContain(lost);
      }
    }),
    { numRuns: 1_000 },
  );
  expect([...seen].sort()).toEqual([...known, 'not-measured'].sort()); // the law is no empty one
});

test('one more rule that tells somebody of such events is enough, whatever else there is', () => {
  const telling = { name: 'all', pattern: '{"detail-type":["AWS API Call via CloudTrail"]}', state: 'ENABLED' };
  fc.assert(
    fc.property(forwarding, (whole) => {
      const there = whole.rules['us-east-1'];
      const more = { ...telling, targets: read(ends.slice(0, 1)) };
      const all = read([...(there?.kind === 'known' ? there.value : []), more]);
      expect(gradeOf({ ...whole, rules: { ...whole.rules, 'us-east-1': all } })).toBe('monitored');
    }),
  );
});

const management = 'management:bedrock.amazonaws.com';
const both = { advanced: [...selectors.advanced, fields({ eventCategory: ['Management'] })] };
const recorders = {
  'a log group': { trails: [trail('t', both, { settings })], stores: [] },
  'a bucket alone': { trails: [trail('t', both, { settings: { ...settings, logGroup: null } })], stores: [] },
  'a store': { trails: [], stores: [store('s', both.advanced)] },
};
const places = ['us-east-1', 'eu-west-1'];

/** The row of a class that is recorded in two Regions. */
function rowIn(
  { trails, forwarding: forwards }: Forwarding,
  stores: readonly EventDataStoreFact[],
  eventClass: string,
) {
  const regions = places as never;
  const inBoth = <T>(it: T) => Object.fromEntries(places.map((region) => [region, read(it)]));
  const whole = factsWith({
    regions: { regions, assumed: false, reading: read(regions) },
    logging: { trails: inBoth(trails), stores: inBoth(stores) },
    forwarding: forwards,
  });
  const rows = judgeForwarding(whole, noShared, judgeLogging(whole, noShared, { clock }));
  return rows.find((row) => row.eventClass === eventClass);
}

test('once the command of a row was run, somebody is told in every Region', () => {
  const tried = new Set<string>();
  fc.assert(
    fc.property(
      forwarding,
      fc.constantFrom(...Object.keys(recorders)) as fc.Arbitrary<keyof typeof recorders>,
      fc.constantFrom(type, management),
      (forwards, by, eventClass) => {
        const { trails, stores } = recorders[by];
        const now: Forwarding = { trails, forwarding: forwards };
        const row = rowIn(now, stores, eventClass);
        if (row?.command == null) return;
        tried.add(row.missing ?? '');
        expect(row.runIn).toBe(account);
        const then = rowIn(afterCommand(now, row.command), stores, eventClass);
        expect(then?.regions.forwarded).toBe(0);
        expect(then?.regions['stored-only']).toBe(0);
        expect(then?.regions['not-measured']).toBeLessThanOrEqual(row.regions['not-measured']);
        if (row.regions['not-measured'] === 0) expect(then).toMatchObject({ grade: 'monitored', command: null });
      },
    ),
    { numRuns: 100 },
  );
  expect(tried.size).toBeGreaterThan(1); // the law is no empty one
});

const inPlaces = (make: (region: string) => EventRule) =>
  Object.fromEntries(places.map((region) => [region, read([make(region)])]));
const ruleOf = (state: string, targets: readonly string[]) => () => ({
  ...{ name: 'r', pattern: '{"detail":{"eventSource":["bedrock.amazonaws.com"]}}', state, targets: read(targets) },
});
const bare: LogRoutes = { filters: read([]), subscriptions: read([]), policies: read([]) };
const sent: LogRoutes = {
  filters: read([
    {
      ...{ name: 'f', pattern: '{ $.eventSource = "bedrock.amazonaws.com" }', besides: null },
      metrics: [{ namespace: 'N', name: 'm' }],
    },
  ]),
  policies: read([]),
  subscriptions: read([{ name: 's', pattern: '', besides: null, destination: 'arn:aws:firehose:us-east-1:1:x' }]),
};
const noRules = Object.fromEntries(places.map((region) => [region, read([])]));

test.each<[string, LogRoutes, ForwardingFacts['rules'], string, string]>([
  ['a rule without a target', bare, inPlaces(ruleOf('ENABLED', [])), type, 'put-targets'],
  ['a rule that is off', bare, inPlaces(ruleOf('DISABLED', ends.slice(0, 1))), type, 'enable-rule'],
  ['a rule that is off, with a function', bare, inPlaces(ruleOf('DISABLED', ends.slice(1, 2))), type, 'enable-rule'],
  ['alarms that were not read', sent, noRules, type, 'put-rule'],
  ['the same, of management events', sent, noRules, management, 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'],
])('in two Regions, %s: put right in both', (_, routesOfGroup, rulesIn, eventClass, command) => {
  const { trails, stores } = recorders['a log group'];
  const alarmsThere = { 'us-east-1': routesOfGroup === sent ? denied : read([]) };
  const forwards = { groups: { [group]: routesOfGroup }, alarms: alarmsThere, rules: rulesIn, buses: {} };
  const row = rowIn({ trails, forwarding: forwards }, stores, eventClass);
  expect(row?.command).toMatch(/^for R in eu-west-1 us-east-1; do aws events .*; done$/);
  expect(row?.command).toContain(command);
  const then = rowIn(afterCommand({ trails, forwarding: forwards }, row?.command ?? ''), stores, eventClass);
  expect(then).toMatchObject({ grade: 'monitored', regions: { monitored: 2 } });
});

test('where Regions lack different pieces, one that does for both is preferred', () => {
  const { trails, stores } = recorders['a log group'];
  const rulesIn = { ...inPlaces(ruleOf('ENABLED', [])), 'eu-west-1': read([]) };
  const forwards = { groups: { [group]: bare }, alarms: { 'us-east-1': read([]) }, rules: rulesIn, buses: {} };
  const command = rowIn({ trails, forwarding: forwards }, stores, type)?.command ?? '';
  expect(command).toMatch(/^aws logs put-metric-filter [^\n]*$/);
  expect(rowIn(afterCommand({ trails, forwarding: forwards }, command), stores, type)?.grade).toBe('monitored');
});
