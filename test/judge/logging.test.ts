import fc from 'fast-check';
import type { InvocationLogging } from '../../src/domain/account-settings.ts';
import type { AccountFacts, AdvancedSelector, SharedFacts, TrailFact, TrailStatus } from '../../src/domain/facts.ts';
import { accountId, type Region } from '../../src/domain/ids.ts';
import { known } from '../../src/domain/reading.ts';
import { judgeLogging } from '../../src/judge/logging.ts';
import { selectors as anySelectors } from '../cloudtrail/arbitraries.ts';
import { clock, delivering, denied, factsWith, fields, noShared, read, store, trail } from '../support/facts.ts';

const model = 'AWS::Bedrock::Model';
const data = (more: Parameters<typeof fields>[0] = {}) =>
  fields({ eventCategory: ['Data'], 'resources.type': [model], ...more });
const management = (more: Parameters<typeof fields>[0] = {}) => fields({ eventCategory: ['Management'], ...more });
const logging = (trails: Parameters<typeof trail>[1][]): AccountFacts['logging'] => ({
  trails: { 'us-east-1': read(trails.map((selectors, index) => trail(`t${index}`, selectors))) },
  stores: { 'us-east-1': read([]) },
});
const statusOf = (eventClass: string, parts: Partial<AccountFacts>, shared: SharedFacts = noShared) =>
  judgeLogging(factsWith(parts), shared, { clock }).find((row) => row.eventClass === eventClass)?.status;

test('a Region that only stands in, and in which nothing was read, is covered by no trail of all Regions', () => {
  const standIns = ['us-east-1', 'eu-west-1'] as Region[];
  const covering = logging([{ advanced: [data()] }]);
  const statuses = (assumed: boolean) =>
    judgeLogging(
      factsWith({ regions: { ...factsWith({}).regions, regions: standIns, assumed }, logging: covering }),
      noShared,
      { clock, classes: [model] },
    ).map(({ region, status, why }) => [region, status, why]);
  expect(statuses(false)).toEqual(standIns.map((region) => [region, 'covered', null]));
  expect(statuses(true)).toEqual([
    ['us-east-1', 'covered', null],
    ['eu-west-1', 'not-measured', 'the trails of eu-west-1 were not listed'],
  ]);
});

test.each([
  { name: 'a selector without narrowing', trails: [{ advanced: [data()] }], expected: 'covered' },
  { name: 'no trail', trails: [], expected: 'not-covered' },
  {
    name: 'another class',
    trails: [{ advanced: [fields({ eventCategory: ['Data'], 'resources.type': ['AWS::S3::Object'] })] }],
    expected: 'not-covered',
  },
  { name: 'reads only', trails: [{ advanced: [data({ readOnly: ['true'] })] }], expected: 'partial' },
  {
    name: 'reads and writes in two selectors',
    trails: [{ advanced: [data({ readOnly: ['true'] }), data({ readOnly: ['false'] })] }],
    expected: 'covered',
  },
  {
    name: 'reads here and writes in another trail',
    trails: [{ advanced: [data({ readOnly: ['true'] })] }, { advanced: [data({ readOnly: ['false'] })] }],
    expected: 'covered',
  },
  {
    name: 'a narrowing event name',
    trails: [{ advanced: [data({ eventName: ['InvokeModel'] })] }],
    expected: 'partial',
  },
  {
    name: 'a narrowing ARN beside a whole selector',
    trails: [{ advanced: [data({ 'resources.ARN': ['x'] }), data()] }],
    expected: 'covered',
  },
  {
    name: 'basic selectors: they cannot name AI resources',
    trails: [{ basic: [{ readWrite: 'All', management: true, excludedSources: [], dataResources: [] }] }],
    expected: 'not-covered',
  },
])('AI data events with $name: $expected', ({ trails, expected }) => {
  expect(statusOf(model, { logging: logging(trails) })).toBe(expected);
});

test.each([
  {
    name: 'the default selector',
    trails: [{ basic: [{ readWrite: 'All', management: true, excludedSources: [], dataResources: [] }] }],
    expected: 'covered',
  },
  {
    name: 'writes only',
    trails: [{ basic: [{ readWrite: 'WriteOnly', management: true, excludedSources: [], dataResources: [] }] }],
    expected: 'partial',
  },
  {
    name: 'data events only',
    trails: [{ basic: [{ readWrite: 'All', management: false, excludedSources: [], dataResources: [] }] }],
    expected: 'not-covered',
  },
  {
    name: 'KMS left out',
    trails: [
      { basic: [{ readWrite: 'All', management: true, excludedSources: ['kms.amazonaws.com'], dataResources: [] }] },
    ],
    expected: 'partial',
  },
  { name: 'an advanced selector', trails: [{ advanced: [management()] }], expected: 'covered' },
  {
    name: 'an advanced selector that leaves a source out',
    trails: [{ advanced: [management({ eventSource: { NotEquals: ['kms.amazonaws.com'] } })] }],
    expected: 'partial',
  },
])('management events with $name: $expected', ({ trails, expected }) => {
  expect(statusOf('management', { logging: logging(trails) })).toBe(expected);
});

const one = (more: Parameters<typeof trail>[2]): AccountFacts['logging'] => ({
  trails: { 'us-east-1': read([trail('t', { advanced: [data()] }, more)]) },
  stores: { 'us-east-1': read([]) },
});

test.each([
  {
    name: 'a stopped trail',
    logging: one({ status: read({ ...delivering, logging: false }) }),
    expected: 'not-covered',
  },
  { name: 'a trail whose status was refused', logging: one({ status: denied }), expected: 'not-measured' },
  { name: 'a trail whose selectors were refused', logging: one({ selectors: denied }), expected: 'not-measured' },
  {
    name: 'a stopped trail whose selectors were refused hides nothing',
    logging: one({ status: read({ ...delivering, logging: false }), selectors: denied }),
    expected: 'not-covered',
  },
  {
    name: 'a single-Region trail at home elsewhere',
    logging: one({ home: 'eu-west-1', multiRegion: false }),
    expected: 'not-covered',
  },
  {
    name: 'trails refused',
    logging: { trails: { 'us-east-1': denied }, stores: { 'us-east-1': read([]) } },
    expected: 'not-measured',
  },
  {
    name: 'stores refused',
    logging: { trails: { 'us-east-1': read([]) }, stores: { 'us-east-1': denied } },
    expected: 'not-measured',
  },
  {
    name: 'stores of another Region refused: a multi-Region one may lie there',
    logging: { trails: { 'us-east-1': read([]) }, stores: { 'us-east-1': read([]), 'eu-west-1': denied } },
    expected: 'not-measured',
  },
  {
    name: 'stores refused, but a trail covers',
    logging: { ...one({}), stores: { 'us-east-1': denied } },
    expected: 'covered',
  },
  {
    name: 'an event data store',
    logging: { trails: { 'us-east-1': read([]) }, stores: { 'us-east-1': read([store('s', [data()])]) } },
    expected: 'covered',
  },
  {
    name: 'a store that is not enabled',
    logging: {
      trails: { 'us-east-1': read([]) },
      stores: { 'us-east-1': read([store('s', [data()], { status: 'STOPPED_INGESTION' })]) },
    },
    expected: 'not-covered',
  },
  {
    name: 'a partial trail beside a refused list',
    logging: {
      trails: { 'us-east-1': read([trail('t', { advanced: [data({ eventName: ['x'] })] })]) },
      stores: { 'us-east-1': denied },
    },
    expected: 'not-measured',
  },
])('$name: $expected', ({ logging, expected }) => {
  expect(statusOf(model, { logging })).toBe(expected);
});

test('an organisation trail read in the management account covers the members', () => {
  const shared = { ...noShared, trails: [trail('org', { advanced: [data()] }, { organization: true })] };
  expect(statusOf(model, {}, shared)).toBe('covered');
});

test('an organisation-wide store nobody could list may hide a coverage', () => {
  expect(statusOf(model, {}, { ...noShared, storesUnread: { code: 'NO_RESULT' } })).toBe('not-measured');
});

test('an AI class that is not core is shown where something selects it, and does not count', () => {
  const selected = { advanced: [fields({ eventCategory: ['Data'], 'resources.type': ['AWS::Bedrock::Tool'] })] };
  const rows = judgeLogging(factsWith({ logging: logging([selected]) }), noShared, { clock });
  expect(rows.find(({ eventClass }) => eventClass === 'AWS::Bedrock::Tool')).toMatchObject({
    core: false,
    status: 'covered',
  });
  expect(rows.filter(({ core }) => core)).toHaveLength(14);
});

describe('a trail that does not deliver covers nothing, and says so', () => {
  const status = (more: Partial<TrailStatus>) => read({ ...delivering, ...more });
  const rowOf = (more: Parameters<typeof trail>[2], selector = data()) =>
    judgeLogging(
      factsWith({
        logging: {
          trails: { 'us-east-1': read([trail('t', { advanced: [selector] }, more)]) },
          stores: { 'us-east-1': read([]) },
        },
      }),
      noShared,
      { clock },
    ).find(({ eventClass }) => eventClass === (selector.fields.length === 1 ? 'management' : model));

  test.each([
    { name: 'stopped', more: { logging: false, stopped: '2026-09-01T00:00:00Z' }, why: /not logging since 2026-09-01/ },
    { name: 'its bucket refuses', more: { deliveryError: 'NoSuchBucket' }, why: /last delivery failed: NoSuchBucket/ },
  ])('$name: not covered', ({ more, why }) => {
    expect(rowOf({ status: status(more) })).toMatchObject({ status: 'not-covered', why: expect.stringMatching(why) });
  });

  test.each([
    [
      'two days before it was asked',
      known({ ...delivering, lastDelivery: '2026-09-27T00:00:00Z' }, clock),
      'not-measured',
    ],
    ['a day before it was asked', known({ ...delivering, lastDelivery: '2026-09-29T00:00:00Z' }, clock), 'covered'],
    [
      'days before the clock, in a snapshot that does not say when it was asked',
      status({ lastDelivery: '2026-09-10T00:00:00Z' }),
      'covered',
    ],
    ['a month before the clock, in such a snapshot', status({ lastDelivery: '2026-08-10T00:00:00Z' }), 'not-measured'],
    [
      'it was turned on, a year before',
      known({ ...delivering, lastDelivery: null, started: '2025-09-30T00:00:00Z' }, clock),
      'not-measured',
    ],
    [
      'it was turned on, an hour before',
      known({ ...delivering, lastDelivery: null, started: '2026-09-30T05:00:00Z' }, clock),
      'covered',
    ],
  ])('silent since %s although asking is an event it takes: %#', (_name, reading, expected) => {
    const row = rowOf({ status: reading }, management());
    expect(row?.status).toBe(expected);
    if (expected === 'not-measured') expect(row?.why).toMatch(/delivered nothing since/);
  });

  test('silent where it takes data events alone, which need not happen: covered', () => {
    expect(rowOf({ status: status({ lastDelivery: '2026-09-01T00:00:00Z' }) })?.status).toBe('covered');
  });

  test('without a word on its last delivery: covered', () => {
    expect(rowOf({ status: status({ lastDelivery: null }) }, management())?.status).toBe('covered');
  });
});

test("another account's organisation trail records nothing here: it would belong to the management account", () => {
  const [management, foreign] = [accountId('999999999999'), 'arn:aws:cloudtrail:us-east-1:888888888888:trail/org'];
  const wide = trail('org', { advanced: [data()] }, { organization: true });
  const shared = (arn: string) => ({
    ...noShared,
    managementAccount: known(management, null),
    trails: [{ ...wide, arn }],
  });
  expect(statusOf(model, {}, shared(foreign))).toBe('not-covered');
  expect(statusOf(model, {}, shared(foreign.replace('888888888888', management)))).toBe('covered');
});

test('a trail without the events of global services leaves them out where they happen', () => {
  const local = trail('t', { advanced: [management()] }, { multiRegion: false, globalEvents: false });
  const here = { trails: { 'us-east-1': read([local]) }, stores: { 'us-east-1': read([]) } };
  const row = judgeLogging(factsWith({ logging: here }), noShared, { clock })[0];
  expect(row).toMatchObject({ status: 'partial', witness: { eventSource: 'iam.amazonaws.com' } });
});

test('partial says which selector narrows it and how, with an event that leaves no trace', () => {
  const selected = { advanced: [data({ eventName: ['GetAsyncInvoke'] }), data({ readOnly: ['true'] })] };
  const row = judgeLogging(factsWith({ logging: logging([selected]) }), noShared, { clock }).find(
    ({ eventClass }) => eventClass === model,
  );
  expect(row?.why).toBe(
    't0, selector 1: only eventName Equals GetAsyncInvoke; t0, selector 2: only readOnly Equals true',
  );
  expect(row?.witness).toMatchObject({ eventCategory: 'Data', readOnly: false, resources: [{ type: model }] });
});

test('a selector that cannot be read is no coverage, and no proof that there is none', () => {
  const strange = { name: null, fields: [...data().fields, { field: 'eventName', values: {}, strange: ['Like'] }] };
  expect(statusOf(model, { logging: logging([{ advanced: [strange] }]) })).toBe('not-measured');
  expect(statusOf(model, { logging: logging([{ advanced: [strange, data()] }]) })).toBe('covered');
});

describe('bodies of model calls', () => {
  const all = ['text', 'image', 'embedding', 'video', 'audio'];
  const to = (more: Partial<InvocationLogging>) =>
    read({ logGroup: null, bucket: 'b', delivered: all, configuration: {}, ...more });
  test.each([
    { name: 'everything to a bucket', reading: to({}), status: 'covered' },
    { name: 'everything to a log group', reading: to({ bucket: null, logGroup: 'g' }), status: 'covered' },
    { name: 'text alone', reading: to({ delivered: ['text'] }), status: 'partial' },
    { name: 'no kind of content', reading: to({ delivered: [] }), status: 'not-covered' },
    { name: 'nowhere to go', reading: to({ bucket: null }), status: 'not-covered' },
    { name: 'off', reading: read(null), status: 'not-covered' },
    { name: 'refused', reading: denied, status: 'not-measured' },
  ])('$name: $status', ({ reading, status }) => {
    expect(statusOf('model-invocation-logging', { invocationLogging: { 'us-east-1': reading } })).toBe(status);
  });

  test('not asked for: not measured', () => {
    expect(statusOf('model-invocation-logging', { invocationLogging: {} })).toBe('not-measured');
  });
});

describe('losing an answer', () => {
  /** Each single listing, status or selectors of the facts, refused. */
  function* refusals(
    trails: readonly TrailFact[],
    stores: AccountFacts['logging']['stores'][string],
  ): Generator<AccountFacts['logging']> {
    const seen = { 'us-east-1': read(trails) };
    yield { trails: { 'us-east-1': denied }, stores: { 'us-east-1': stores } };
    yield { trails: seen, stores: { 'us-east-1': denied } };
    for (const [at] of trails.entries())
      for (const part of ['status', 'selectors'] as const) {
        const changed = trails.map((it, index) => (index === at ? { ...it, [part]: denied } : it));
        yield { trails: { 'us-east-1': read(changed) }, stores: { 'us-east-1': stores } };
      }
  }
  const asTrail = (selectors: readonly AdvancedSelector[], at: number, state: string): TrailFact =>
    trail(
      `t${at}`,
      { advanced: selectors },
      {
        multiRegion: state !== 'elsewhere',
        home: state === 'elsewhere' ? 'eu-west-1' : 'us-east-1',
        status: read({
          ...delivering,
          logging: state !== 'stopped',
          deliveryError: state === 'failing' ? 'NoSuchBucket' : null,
        }),
      },
    );
  const states = fc.constantFrom('on', 'on', 'stopped', 'failing', 'elsewhere');

  test('never makes a cell better: it stays what it is, or is not measured', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anySelectors, states), { maxLength: 3 }), anySelectors, (given, stored) => {
        const trails = given.map(([list, state], at) => asTrail(list, at, state));
        const stores = read([store('s', stored)]);
        const statusesOf = (facts: AccountFacts['logging']) =>
          judgeLogging(factsWith({ logging: facts }), noShared, { clock, classes: ['management', model] }).map(
            ({ status }) => status,
          );
        const before = statusesOf({ trails: { 'us-east-1': read(trails) }, stores: { 'us-east-1': stores } });
        for (const refused of refusals(trails, stores))
          for (const [at, status] of statusesOf(refused).entries())
            expect([before[at], 'not-measured']).toContain(status);
      }),
      { numRuns: 300 },
    );
  });
});
