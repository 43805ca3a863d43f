import type { AccountFacts, SharedFacts } from '../../src/domain/facts.ts';
import { judgeLogging } from '../../src/judge/logging.ts';
import { denied, factsWith, fields, noShared, read, store, trail } from '../support/facts.ts';

const model = 'AWS::Bedrock::Model';
const data = (more: Readonly<Record<string, readonly string[]>> = {}) =>
  fields({ eventCategory: ['Data'], 'resources.type': [model], ...more });
const management = (more: Readonly<Record<string, readonly string[]>> = {}) =>
  fields({ eventCategory: ['Management'], ...more });
const logging = (trails: Parameters<typeof trail>[1][]): AccountFacts['logging'] => ({
  trails: { 'us-east-1': read(trails.map((selectors, index) => trail(`t${index}`, selectors))) },
  stores: { 'us-east-1': read([]) },
});
const statusOf = (eventClass: string, parts: Partial<AccountFacts>, shared: SharedFacts = noShared) =>
  judgeLogging(factsWith(parts), shared).find((row) => row.eventClass === eventClass)?.status;

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
    trails: [{ basic: [{ readWrite: 'All', management: true, excludedSources: [] }] }],
    expected: 'not-covered',
  },
])('AI data events with $name: $expected', ({ trails, expected }) => {
  expect(statusOf(model, { logging: logging(trails) })).toBe(expected);
});

test.each([
  {
    name: 'the default selector',
    trails: [{ basic: [{ readWrite: 'All', management: true, excludedSources: [] }] }],
    expected: 'covered',
  },
  {
    name: 'writes only',
    trails: [{ basic: [{ readWrite: 'WriteOnly', management: true, excludedSources: [] }] }],
    expected: 'partial',
  },
  {
    name: 'data events only',
    trails: [{ basic: [{ readWrite: 'All', management: false, excludedSources: [] }] }],
    expected: 'not-covered',
  },
  {
    name: 'KMS left out',
    trails: [{ basic: [{ readWrite: 'All', management: true, excludedSources: ['kms.amazonaws.com'] }] }],
    expected: 'partial',
  },
  { name: 'an advanced selector', trails: [{ advanced: [management()] }], expected: 'covered' },
  {
    name: 'an advanced selector that leaves a source out',
    trails: [{ advanced: [management({ eventSource: [] })] }],
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
  { name: 'a stopped trail', logging: one({ logging: read(false) }), expected: 'not-covered' },
  { name: 'a trail whose status was refused', logging: one({ logging: denied }), expected: 'not-measured' },
  { name: 'a trail whose selectors were refused', logging: one({ selectors: denied }), expected: 'not-measured' },
  {
    name: 'a stopped trail whose selectors were refused hides nothing',
    logging: one({ logging: read(false), selectors: denied }),
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
  const rows = judgeLogging(factsWith({ logging: logging([selected]) }), noShared);
  expect(rows.find(({ eventClass }) => eventClass === 'AWS::Bedrock::Tool')).toMatchObject({
    core: false,
    status: 'covered',
  });
  expect(rows.filter(({ core }) => core)).toHaveLength(14);
});
