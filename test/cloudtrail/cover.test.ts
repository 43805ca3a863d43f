import fc from 'fast-check';
import { eventClassOf } from '../../src/cloudtrail/classes.ts';
import { cover } from '../../src/cloudtrail/cover.ts';
import { decideEvent } from '../../src/cloudtrail/decide.ts';
import { askedEvent, recordOf } from '../../src/cloudtrail/record.ts';
import type { Recorder } from '../../src/cloudtrail/recorders.ts';
import type { AdvancedSelector } from '../../src/domain/facts.ts';
import { account, fields } from '../support/facts.ts';
import { model, record, selectors } from './arbitraries.ts';

const cell = { account, region: 'us-east-1' };
const trailWith = (list: readonly AdvancedSelector[]): Recorder => ({
  arn: 'arn:aws:cloudtrail:us-east-1:111111111111:trail/t',
  kind: 'trail',
  home: 'us-east-1',
  multiRegion: true,
  organization: false,
  globalEvents: true,
  selectors: list,
  state: 'recording',
  halt: null,
  why: null,
  lastDelivery: null,
});
const verdictOf = (list: readonly AdvancedSelector[], event: unknown) =>
  decideEvent(askedEvent(event), cell.region, { recorders: [trailWith(list)], hidden: null }).verdict;
const coverageOf = (list: readonly AdvancedSelector[], name: string) => {
  const eventClass = eventClassOf(name, cell);
  if (eventClass === null) throw new Error(name);
  return cover(list, eventClass);
};

test('a witness comes from the service of its class, also where none of its calls is known', () => {
  const reads = fields({
    eventCategory: ['Data'],
    'resources.type': ['AWS::BedrockAgentCore::Memory'],
    readOnly: ['true'],
  });
  expect(coverageOf([reads], 'AWS::BedrockAgentCore::Memory')).toMatchObject({
    status: 'partial',
    witness: { eventSource: 'bedrock-agentcore.amazonaws.com', readOnly: 'false' },
  });
});

describe('what is said of a class holds for its events', () => {
  test('covered: every event is recorded; not covered: none is', () => {
    const seen = { covered: 0, partial: 0, 'not-covered': 0, unknown: 0 };
    fc.assert(
      fc.property(selectors, fc.array(record, { minLength: 20, maxLength: 20 }), (list, events) => {
        for (const [name, category] of [
          ['management', 'Management'],
          [model, 'Data'],
        ] as const) {
          const { status } = coverageOf(list, name);
          seen[status] += 1;
          for (const event of events.filter(({ eventCategory }) => eventCategory === category)) {
            if (status === 'covered') expect(verdictOf(list, event)).toBe('recorded');
            if (status === 'not-covered') expect(verdictOf(list, event)).toBe('not-recorded');
          }
        }
      }),
      { numRuns: 1_000 },
    );
    // The property says nothing where one of the answers never comes up.
    expect(Math.min(seen.covered, seen.partial, seen['not-covered'])).toBeGreaterThan(50);
    expect(seen.unknown).toBe(0);
  });

  test('partial: the witness, as printed, is an event of the class that is not recorded, and some selector takes another', () => {
    fc.assert(
      fc.property(selectors, fc.constantFrom('management', model), (list, name) => {
        const { status, witness, by } = coverageOf(list, name);
        expect(witness === null).toBe(status === 'covered');
        if (witness === null) return;
        const printed = JSON.parse(JSON.stringify(recordOf(witness, cell)));
        expect(printed.eventCategory).toBe(name === 'management' ? 'Management' : 'Data');
        if (name === model) expect(printed.resources[0].type).toBe(model);
        expect(verdictOf(list, printed)).toBe('not-recorded');
        expect(by.length > 0).toBe(status === 'partial');
      }),
      { numRuns: 1_000 },
    );
  });

  test('the selectors named as covering cover by themselves', () => {
    fc.assert(
      fc.property(selectors, fc.constantFrom('management', model), (list, name) => {
        const { status, by } = coverageOf(list, name);
        if (status === 'covered')
          expect(
            coverageOf(
              by.map((index) => list[index] ?? fields({})),
              name,
            ).status,
          ).toBe('covered');
      }),
      { numRuns: 500 },
    );
  });

  test('one more selector never makes less recorded', () => {
    const rank = { 'not-covered': 0, unknown: 0, partial: 1, covered: 2 };
    fc.assert(
      fc.property(selectors, selectors, (list, more) => {
        const [before, after] = [coverageOf(list, model), coverageOf([...list, ...more], model)];
        expect(rank[after.status]).toBeGreaterThanOrEqual(rank[before.status]);
      }),
      { numRuns: 500 },
    );
  });
});

const data = (more: Parameters<typeof fields>[0] = {}) =>
  fields({ eventCategory: ['Data'], 'resources.type': [model], ...more });
const arn = 'arn:aws:bedrock:us-east-1:111111111111:';

test.each([
  [
    'one name and all others',
    [data({ eventName: ['StartAsyncInvoke'] }), data({ eventName: { NotEquals: ['StartAsyncInvoke'] } })],
    'covered',
  ],
  [
    'a prefix and all others',
    [data({ 'resources.ARN': { StartsWith: [arn] } }), data({ 'resources.ARN': { NotStartsWith: [arn] } })],
    'covered',
  ],
  [
    'a prefix without a longer one, and the longer one',
    [
      data({ 'resources.ARN': { StartsWith: ['a'], NotStartsWith: ['ab'] } }),
      data({ 'resources.ARN': { StartsWith: ['ab'] } }),
      data({ 'resources.ARN': { NotStartsWith: ['a'] } }),
    ],
    'covered',
  ],
  [
    'the same with a hole',
    [
      data({ 'resources.ARN': { StartsWith: ['a'], NotStartsWith: ['ab'] } }),
      data({ 'resources.ARN': { StartsWith: ['abc'] } }),
      data({ 'resources.ARN': { NotStartsWith: ['a'] } }),
    ],
    'partial',
  ],
  [
    'reads of the console and the rest',
    [data({ sessionCredentialFromConsole: ['true'] }), data({ sessionCredentialFromConsole: { NotEquals: ['true'] } })],
    'covered',
  ],
  [
    'reads by one field, writes by another',
    [data({ readOnly: ['true'] }), data({ eventName: { NotEquals: ['InvokeModel'] } })],
    'partial',
  ],
  ['a value that no event has', [data({ readOnly: ['yes'] })], 'not-covered'],
  [
    'two categories that cannot both be',
    [fields({ eventCategory: ['Management'], 'resources.type': [model] })],
    'not-covered',
  ],
  [
    'network activity',
    [fields({ eventCategory: ['NetworkActivity'], eventSource: ['bedrock.amazonaws.com'] })],
    'not-covered',
  ],
  [
    'data events without a resource type: CloudTrail would not take it',
    [fields({ eventCategory: ['Data'] })],
    'unknown',
  ],
  [
    'a category that is not said to equal anything',
    [fields({ eventCategory: { StartsWith: ['D'] }, 'resources.type': [model] })],
    'unknown',
  ],
  ['a field that is not known', [data({ favouriteColour: ['blue'] })], 'unknown'],
  ['a field that is not known beside a selector that covers', [data({ favouriteColour: ['blue'] }), data()], 'covered'],
  ['a field without any condition', [data({ eventName: {} })], 'unknown'],
] as const)('%s: %#', (_name, list, status) => {
  expect(coverageOf(list, model).status).toBe(status);
});

test('an operator that is not known proves nothing', () => {
  const strange = { ...data(), fields: [...data().fields, { field: 'eventName', values: {}, strange: ['Matches'] }] };
  expect(coverageOf([strange], model).status).toBe('unknown');
});

test('where the search is given up nothing is covered, nor is a witness invented', () => {
  const taken = ['eventName', 'resources.ARN', 'userIdentity.arn', 'errorCode', 'eventSource'];
  // Each value of a field turns three selectors away, so that no event turns all of them away: there is nothing to find, and much to try.
  const list = Array.from({ length: 36 }, (_, index) =>
    data(
      Object.fromEntries(
        taken.map((field, at) => [
          field,
          { NotEquals: [`v${(index * ([1, 5, 7, 11, 1][at] ?? 1) + Math.floor(index / 12) * at) % 12}`] },
        ]),
      ),
    ),
  );
  expect(coverageOf(list, model)).toMatchObject({ status: 'unknown', witness: null });
});

test('five hundred conditions are decided', () => {
  const many = Array.from({ length: 250 }, (_, index) => `${arn}guardrail/${index}`);
  const list = [data({ 'resources.ARN': { StartsWith: many } }), data({ 'resources.ARN': { NotStartsWith: many } })];
  expect(coverageOf(list, model).status).toBe('covered');
  expect(coverageOf(list.slice(0, 1), model).status).toBe('partial');
});

test('network activity of one service is a class of its own', () => {
  const bedrock = fields({ eventCategory: ['NetworkActivity'], eventSource: ['bedrock.amazonaws.com'] });
  const denied = fields({
    eventCategory: ['NetworkActivity'],
    eventSource: ['bedrock.amazonaws.com'],
    errorCode: ['VpceAccessDenied'],
  });
  expect(coverageOf([bedrock], 'network-activity:bedrock.amazonaws.com').status).toBe('covered');
  expect(coverageOf([denied], 'network-activity:bedrock.amazonaws.com').status).toBe('partial');
  expect(coverageOf([bedrock], 'network-activity:sagemaker.amazonaws.com').status).toBe('not-covered');
});

test('a trail of writes alone misses model calls, and says so with one', () => {
  const writes = fields({ eventCategory: ['Management'], readOnly: ['false'] });
  const { status, witness } = coverageOf([writes], 'management:bedrock.amazonaws.com');
  expect(status).toBe('partial');
  expect(witness).toMatchObject({ eventName: 'InvokeModel', readOnly: 'true' });
});
