import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { EventSelectorsAnswer, eventSelectorsOf } from '../../src/collectors/selectors.ts';
import type { InvocationLogging } from '../../src/domain/account-settings.ts';
import {
  type AccountFacts,
  type AdvancedSelector,
  type SharedFacts,
  selectorOperators,
  type TrailFact,
} from '../../src/domain/facts.ts';
import { accountId } from '../../src/domain/ids.ts';
import type { LoggingFixRow } from '../../src/domain/tables.ts';
import { judgeLogging } from '../../src/judge/logging.ts';
import { loggingFixes } from '../../src/judge/logging-fixes.ts';
import { selectors as anySelectors } from '../cloudtrail/arbitraries.ts';
import {
  account,
  clock,
  delivering,
  denied,
  factsWith,
  fields,
  noShared,
  organizationWith,
  read,
  store,
  trail,
} from '../support/facts.ts';

const management = accountId('999999999999');

/** Runs commands in a real shell with an `aws` that only says what it was given: one list of words for each call. */
function callsOf(steps: readonly string[]): string[][] {
  const script = `set -eu\naws() { for word in "$@"; do printf '%s\\0' "$word"; done; printf '\\n\\0'; }\n${steps.join('\n')}\n`;
  const words = execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\0');
  const calls: string[][] = [[]];
  for (const word of words) {
    if (word === '\n') calls.push([]);
    else if (word !== '') calls.at(-1)?.push(word);
  }
  return calls.filter((call) => call.length > 0);
}

const givenTo = (call: readonly string[], flag: string): string => call[call.indexOf(flag) + 1] ?? '';

/** The facts as they are once the calls were made, as CloudTrail's own API would take them. */
function carriedOut(
  facts: AccountFacts,
  shared: SharedFacts,
  fixes: readonly LoggingFixRow[],
): [AccountFacts, SharedFacts] {
  let all: TrailFact[] = [
    ...Object.values(facts.logging.trails).flatMap((it) => (it.kind === 'known' ? it.value : [])),
    ...shared.trails,
  ];
  let stores = Object.values(facts.logging.stores).flatMap((it) => (it.kind === 'known' ? [...it.value] : []));
  const change = (arn: string, more: (fact: TrailFact) => Partial<TrailFact>): void => {
    expect(all.some((it) => it.arn === arn)).toBe(true);
    all = all.map((it) => (it.arn === arn ? { ...it, ...more(it) } : it));
  };
  for (const { steps, runIn } of fixes)
    for (const call of callsOf(steps)) {
      const verb = call[1];
      const name = givenTo(call, '--name');
      if (verb === 'create-trail') {
        const region = givenTo(call, '--region');
        const arn = `arn:aws:cloudtrail:${region}:${runIn}:trail/${name}`;
        const organization = call.includes('--is-organization-trail');
        all.push(
          trail('new', {}, { arn, home: region, organization, status: read({ ...delivering, logging: false }) }),
        );
      }
      if (verb === 'update-trail')
        change(name, (it) => ({
          multiRegion: it.multiRegion || call.includes('--is-multi-region-trail'),
          globalEvents: it.globalEvents || call.includes('--include-global-service-events'),
        }));
      if (verb === 'start-logging') change(name, () => ({ status: read(delivering) }));
      const given = (): AdvancedSelector[] => [
        ...eventSelectorsOf(
          EventSelectorsAnswer.parse({
            AdvancedEventSelectors: JSON.parse(givenTo(call, '--advanced-event-selectors')),
          }),
        ).advanced,
      ];
      if (verb === 'put-event-selectors')
        change(givenTo(call, '--trail-name'), () => ({ selectors: read({ basic: [], advanced: given() }) }));
      if (verb === 'update-event-data-store') {
        const arn = givenTo(call, '--event-data-store');
        stores = stores.map((it) => (it.arn === arn ? { ...it, selectors: given() } : it));
      }
    }
  const own = all.filter(({ organization }) => !organization);
  return [
    { ...facts, logging: { trails: { 'us-east-1': read(own) }, stores: { 'us-east-1': read(stores) } } },
    { ...shared, trails: all.filter(({ organization }) => organization) },
  ];
}

const withTrails = (trails: readonly TrailFact[], stores: Parameters<typeof store>[1][] = []): AccountFacts =>
  factsWith({
    logging: {
      trails: { 'us-east-1': read(trails) },
      stores: { 'us-east-1': read(stores.map((it, at) => store(`s${at}`, it))) },
    },
  });

const isEvents = ({ eventClass }: { eventClass: string }): boolean => eventClass !== 'model-invocation-logging';

function closing(facts: AccountFacts, shared: SharedFacts = noShared) {
  const rows = judgeLogging(facts, shared, { clock });
  const fixes = loggingFixes(facts, shared, rows, { clock }).filter(
    ({ target }) => target !== 'model-invocation-logging',
  );
  const judged = judgeLogging(...carriedOut(facts, shared, fixes), { clock });
  return { rows: rows.filter(isEvents), fixes, after: judged.filter(isEvents) };
}

const organizationTrail = (selectors: Parameters<typeof trail>[1], more: Partial<TrailFact> = {}): TrailFact =>
  trail('org', selectors, {
    arn: `arn:aws:cloudtrail:eu-central-1:${management}:trail/org`,
    home: 'eu-central-1',
    organization: true,
    ...more,
  });

const quote = "it's";
/** Of no AI class, so that it leaves no doubt about one. */
const strange: AdvancedSelector = {
  name: null,
  fields: [
    ...fields({ eventCategory: ['Data'], 'resources.type': ['AWS::S3::Object'] }).fields,
    { field: 'eventName', values: {}, strange: ['Like'] },
  ],
};
const cases: { name: string; facts: AccountFacts; shared?: SharedFacts; target: RegExp | null; verbs: string[] }[] = [
  {
    name: 'an own trail is added to',
    facts: withTrails([
      trail('t', { advanced: [{ ...fields({ eventCategory: ['Management'], readOnly: ['true'] }), name: quote }] }),
    ]),
    target: /trail\/t$/,
    verbs: ['put-event-selectors'],
  },
  {
    name: 'basic selectors are converted and kept',
    facts: withTrails([
      trail('t', {
        basic: [
          {
            readWrite: 'WriteOnly',
            management: true,
            excludedSources: ['kms.amazonaws.com'],
            dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::orders/'] }],
          },
        ],
      }),
    ]),
    target: /trail\/t$/,
    verbs: ['put-event-selectors'],
  },
  {
    name: "the organisation's trail before an own one",
    facts: withTrails([trail('t', {})]),
    shared: organizationWith({
      trails: [organizationTrail({ advanced: [fields({ eventCategory: ['Management'] })] })],
    }),
    target: /999999999999:trail\/org$/,
    verbs: ['put-event-selectors'],
  },
  {
    name: 'a store where there is no trail',
    facts: withTrails([], [[fields({ eventCategory: ['Management'] })]]),
    target: /eventdatastore\/s0$/,
    verbs: ['update-event-data-store'],
  },
  {
    name: 'a stopped trail is started',
    facts: withTrails([
      trail(
        't',
        { advanced: [fields({ eventCategory: ['Management'] })] },
        { status: read({ ...delivering, logging: false }) },
      ),
    ]),
    target: /trail\/t$/,
    verbs: ['put-event-selectors', 'start-logging'],
  },
  {
    name: 'a trail of one Region without global events is widened',
    facts: withTrails([trail('t', {}, { multiRegion: false, globalEvents: false, home: 'eu-west-1' })]),
    target: /trail\/t$/,
    verbs: ['update-trail', 'put-event-selectors'],
  },
  {
    name: 'a trail whose bucket refuses is left alone: a new one',
    facts: withTrails([trail('t', {}, { status: read({ ...delivering, deliveryError: 'NoSuchBucket' }) })]),
    target: null,
    verbs: ['create-bucket', 'put-bucket-policy', 'create-trail', 'put-event-selectors', 'start-logging'],
  },
  {
    name: 'no trail in an organisation: one for all of it',
    facts: withTrails([]),
    shared: organizationWith(),
    target: null,
    verbs: [
      'create-bucket',
      'put-bucket-policy',
      'enable-aws-service-access',
      'create-trail',
      'put-event-selectors',
      'start-logging',
    ],
  },
  {
    name: 'a trail with too many conditions is left alone',
    facts: withTrails([
      trail('t', {
        advanced: [
          fields({
            eventCategory: ['Data'],
            'resources.type': ['AWS::S3::Object'],
            'resources.ARN': { StartsWith: Array.from({ length: 490 }, (_, at) => `arn:aws:s3:::b${at}/`) },
          }),
        ],
      }),
    ]),
    target: null,
    verbs: ['create-bucket', 'put-bucket-policy', 'create-trail', 'put-event-selectors', 'start-logging'],
  },
  {
    name: 'selectors that cannot be read cannot be kept: a new trail',
    facts: withTrails([trail('t', { advanced: [strange] })]),
    target: null,
    verbs: ['create-bucket', 'put-bucket-policy', 'create-trail', 'put-event-selectors', 'start-logging'],
  },
];

test.each(cases)('$name', ({ facts, shared = noShared, target, verbs }) => {
  const { fixes, rows, after: then } = closing(facts, shared);
  const [fix, ...others] = fixes;
  expect(others).toEqual([]);
  if (target === null) expect(fix?.target).toBeNull();
  else expect(fix?.target).toMatch(target);
  expect(callsOf(fix?.steps ?? []).map(([, verb]) => verb)).toEqual(verbs);
  expect(then.every(({ status }) => status === 'covered')).toBe(true);
  const gaps = rows.filter(({ status }) => status === 'not-covered' || status === 'partial');
  const closed = fix?.closes.flatMap(({ eventClass, regions }) =>
    regions.map((region) => `${account}/${region}/${eventClass}`),
  );
  expect(closed?.toSorted()).toEqual(gaps.map(({ id }) => id).toSorted());
});

/** Everything a selector says, without its name. */
const said = ({ fields: all }: AdvancedSelector): string =>
  JSON.stringify(all.map(({ field, values }) => [field, selectorOperators.map((it) => values[it] ?? [])]));

test('whatever a trail has: its commands close every gap and keep every selector', () => {
  fc.assert(
    fc.property(
      anySelectors,
      fc.boolean(),
      fc.boolean(),
      fc.boolean(),
      (list, multiRegion, globalEvents, isLogging) => {
        const status = read({ ...delivering, logging: isLogging });
        const facts = withTrails([trail('t', { advanced: list }, { multiRegion, globalEvents, status })]);
        const { fixes, after: then } = closing(facts);
        expect(then.filter(({ status: found }) => found !== 'covered')).toEqual([]);
        const put = fixes.flatMap(({ steps }) => callsOf(steps)).find(([, verb]) => verb === 'put-event-selectors');
        const kept = eventSelectorsOf(
          EventSelectorsAnswer.parse({
            AdvancedEventSelectors: JSON.parse(givenTo(put ?? [], '--advanced-event-selectors')),
          }),
        );
        expect(kept.advanced.slice(0, list.length).map(said)).toEqual(list.map(said));
      },
    ),
    { numRuns: 40 }, // each starts a shell
  );
});

test('all accounts of an organisation tell the same command for its trail', () => {
  const shared = organizationWith({
    trails: [organizationTrail({ advanced: [fields({ eventCategory: ['Management'] })] })],
  });
  const own = (selectors: AdvancedSelector[]) =>
    closing(withTrails([trail('own', { advanced: selectors })]), shared).fixes;
  const data = (type: string) => fields({ eventCategory: ['Data'], 'resources.type': [type] });
  const [bare] = own([]);
  const [some] = own([data('AWS::Bedrock::Model'), data('AWS::S3::Object')]);
  expect(some?.steps).toEqual(bare?.steps);
  expect(some?.closes.length).toBeLessThan(bare?.closes.length ?? 0);
});

test('what was not measured has no fix, and what is covered needs none', () => {
  const unread = factsWith({ logging: { trails: { 'us-east-1': denied }, stores: { 'us-east-1': read([]) } } });
  expect(closing(unread).fixes).toEqual([]);
  const { fixes, after: then } = closing(withTrails([]));
  const facts = factsWith({ logging: carriedOut(withTrails([]), noShared, fixes)[0].logging });
  expect(then.length).toBeGreaterThan(20);
  expect(closing(facts).fixes).toEqual([]);
});

test('the class whose events are likely the most is named', () => {
  const [fix] = closing(withTrails([])).fixes;
  expect(fix?.costDriver).toBe('AWS::AWSExternalAnthropic::Workspace');
  expect(fix?.costs.map(({ eventClass }) => eventClass)).toContain('management');
});

describe('bodies of model calls', () => {
  const setting = (more: Partial<InvocationLogging>): InvocationLogging => ({
    logGroup: null,
    bucket: null,
    delivered: ['text'],
    configuration: {},
    ...more,
  });
  const fixOf = (value: InvocationLogging | null, region = 'us-east-1') => {
    const facts = factsWith({
      invocationLogging: { [region]: read(value) },
      regions: { regions: [region] as never, assumed: false, reading: read([region] as never) },
    });
    return loggingFixes(facts, noShared, judgeLogging(facts, noShared, { clock }), { clock }).find(
      ({ target }) => target === 'model-invocation-logging',
    );
  };

  test('a destination is kept, with all that the configuration says', () => {
    const configuration = {
      cloudWatchConfig: { logGroupName: 'g', roleArn: 'arn:aws:iam::1:role/r' },
      textDataDeliveryEnabled: true,
    };
    const fix = fixOf(setting({ logGroup: 'g', configuration }));
    const [call, ...more] = callsOf(fix?.steps ?? []);
    expect(more).toEqual([]);
    expect(JSON.parse(givenTo(call ?? [], '--logging-config'))).toEqual({
      cloudWatchConfig: { logGroupName: 'g', roleArn: 'arn:aws:iam::1:role/r' },
      textDataDeliveryEnabled: true,
      imageDataDeliveryEnabled: true,
      embeddingDataDeliveryEnabled: true,
      videoDataDeliveryEnabled: true,
      audioDataDeliveryEnabled: true,
    });
    expect(fix?.closes).toEqual([{ eventClass: 'model-invocation-logging', regions: ['us-east-1'] }]);
  });

  test.each([
    ['us-east-1', false],
    ['eu-west-1', true],
  ])('off in %s: a bucket there, which Bedrock may write to', (region, located) => {
    const calls = callsOf(fixOf(null, region)?.steps ?? []);
    expect(calls.map(([, verb]) => verb)).toEqual([
      'create-bucket',
      'put-bucket-policy',
      'put-model-invocation-logging-configuration',
    ]);
    const bucket = `bedrock-model-calls-${account}-${region}`;
    expect(calls[0]?.includes(`LocationConstraint=${region}`)).toBe(located);
    expect(JSON.parse(givenTo(calls[1] ?? [], '--policy')).Statement[0].Resource).toBe(
      `arn:aws:s3:::${bucket}/AWSLogs/${account}/BedrockModelInvocationLogs/*`,
    );
    expect(JSON.parse(givenTo(calls[2] ?? [], '--logging-config'))).toMatchObject({
      s3Config: { bucketName: bucket },
      videoDataDeliveryEnabled: true,
    });
  });

  test('delivered in full: nothing to do', () => {
    expect(
      fixOf(setting({ bucket: 'b', delivered: ['text', 'image', 'embedding', 'video', 'audio'] })),
    ).toBeUndefined();
  });
});
