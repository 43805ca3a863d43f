import fc from 'fast-check';
import { eventPattern } from '../../src/judge/event-pattern.ts';
import { metricPattern } from '../../src/judge/metric-pattern.ts';
import { watchedBy, watches } from '../../src/judge/watching.ts';

const record = {
  eventSource: 'bedrock.amazonaws.com',
  eventName: 'InvokeModel',
  readOnly: true,
  userIdentity: { type: 'AssumedRole' },
  resources: [
    { type: 'AWS::Bedrock::Model', accountId: '1' },
    { type: 'AWS::S3::Object', accountId: '2' },
  ],
  sourceIPAddress: '203.0.113.7',
  responseElements: null,
  bytes: 12,
};

test.each<[string, boolean | null]>([
  ['', true],
  ['{ $.eventSource = "bedrock.amazonaws.com" }', true],
  ['{ $.eventSource = bedrock.amazonaws.com }', true],
  ['{$.eventSource="bedrock*"}', true],
  ['{ $.eventSource = "*mantle*" }', false],
  ['{ $.eventSource != "bedrock*" }', false],
  ['{ ($.eventSource = "x") || ($.eventName = "Invoke*") }', true],
  ['{ ($.eventSource = "bedrock.amazonaws.com") && ($.eventName = "Converse") }', false],
  ['{ $.eventName = "x" && $.eventName = "y" || $.eventName = "InvokeModel" }', true], // && binds closer
  ['{ $.eventName = "InvokeModel" || $.eventName = "y" && $.eventName = "x" }', true],
  ['{ $.readOnly IS TRUE }', true],
  ['{ $.readOnly IS FALSE }', false],
  ['{ $.responseElements IS NULL }', true],
  ['{ $.errorCode EXISTS }', false],
  ['{ $.errorCode NOT EXISTS }', true],
  ['{ $.errorCode = "AccessDenied*" }', false],
  ['{ $.errorCode != "AccessDenied" }', null],
  [
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
    false,
  ],
  ['{ $.resources[0].type = "AWS::Bedrock::*" }', true],
  ['{ $.resources[*].type = "AWS::Bedrock::*" }', null],
  ['{ $.bytes > 10 && $.bytes <= 12 }', true],
  ['{ $.bytes < 10 }', false],
  ['{ $.eventSource = %bedrock% }', true],
  ['{ $.eventSource = %^bedrock[-.](agentcore|x)?% }', null], // AWS knows no groups
  ['{ $.eventSource = %^(% }', null],
  ['{ $.eventSource = %^mantle|[Bb]ed\\w+\\.amazon% }', true],
  ['{ $.eventSource = %^amazonaws% }', false],
  ['{ $.eventSource != %amazonaws\\.com$% }', false],
  ['{ $.errorCode = %Denied% }', false],
  ['{ $.errorCode != %Denied% }', null],
  ['{ $.bytes = %12% }', null],
  ['{ $.eventName < %x% }', null],
  ['{ $.eventName = %x{2,1}% }', null],
  ['{ $.eventName = %.*.*.*.*.*x% }', null],
  ['{ $.eventSource = %(bedrock)% && $.eventName = "x" }', false], // whatever the expression says
  ['{ $.eventSource = %(bedrock)% || $.eventName = "InvokeModel" }', true],
  ['{ $.eventSource = }', null],
  ['{ eventSource = "x" }', null],
  ['{ ($.eventName = "x" }', null],
  ['[ip, user, ...]', null],
  ['"bedrock.amazonaws.com"', true],
  ['bedrock InvokeModel', true],
  ['bedrock -InvokeModel', false],
  ['?mantle ?bedrock', true],
  ['?mantle ?anthropic', false],
])('filter pattern %s: %s', (pattern, matches) => {
  expect(metricPattern(pattern)(record)).toBe(matches);
});

test('no text makes the reader of filter patterns fail, and a negation turns what is known', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.constantFrom('=', '!='),
      fc.stringMatching(/^[a-zA-Z*.]{1,8}$/),
      (any, operator, value) => {
        expect([true, false, null]).toContain(metricPattern(`{${any}}`)(record));
        expect([true, false, null]).toContain(metricPattern(any)(record));
        const [one, other] = [operator, operator === '=' ? '!=' : '='].map((it) =>
          metricPattern(`{ $.eventName ${it} "${value}" }`)(record),
        );
        expect(one).toBe(!other);
      },
    ),
  );
});

const event = { source: 'aws.bedrock', 'detail-type': 'AWS API Call via CloudTrail', detail: record };
test.each<[object, boolean | null]>([
  [{ source: ['aws.bedrock'] }, true],
  [{ source: ['aws.s3', 'aws.bedrock'] }, true],
  [{ source: ['aws.s3'] }, false],
  [{ detail: { eventSource: ['bedrock.amazonaws.com'], eventName: ['Converse'] } }, false],
  [{ detail: { eventName: [{ prefix: 'Invoke' }] } }, true],
  [{ detail: { eventName: [{ suffix: { 'equals-ignore-case': 'MODEL' } }] } }, true],
  [{ detail: { eventName: [{ 'anything-but': ['InvokeModel', 'Converse'] }] } }, false],
  [{ detail: { eventName: [{ 'anything-but': { prefix: 'List' } }] } }, true],
  [{ detail: { eventName: [{ 'anything-but': { prefix: ['List', 'Inv'] } }] } }, false],
  [{ detail: { eventSource: [{ wildcard: 'bedrock*.amazonaws.com' }] } }, true],
  [{ detail: { errorCode: [{ exists: false }] } }, true],
  [{ detail: { errorCode: [{ exists: true }] } }, false],
  [{ detail: { errorCode: [{ 'anything-but': 'x' }] } }, false],
  [{ detail: { bytes: [{ numeric: ['>', 0, '<=', 12] }] } }, true],
  [{ detail: { readOnly: [true] } }, true],
  [{ detail: { responseElements: [null] } }, true],
  [{ detail: { resources: { type: ['AWS::Bedrock::Model'] } } }, true],
  [{ detail: { resources: { type: ['AWS::Bedrock::Model'], accountId: ['2'] } } }, false], // of two objects
  [{ detail: { resources: { type: ['AWS::S3::Object'], accountId: ['2'] } } }, true],
  [{ $or: [{ source: ['aws.s3'] }, { detail: { eventName: ['InvokeModel'] } }] }, true],
  [{ detail: { sourceIPAddress: [{ cidr: '10.0.0.0/8' }] } }, false],
  [{ detail: { sourceIPAddress: [{ cidr: '203.0.113.0/29' }] } }, true],
  [{ detail: { sourceIPAddress: [{ cidr: '203.0.113.8/29' }] } }, false],
  [{ detail: { sourceIPAddress: [{ cidr: '0.0.0.0/0' }] } }, true],
  [{ detail: { eventSource: [{ cidr: '0.0.0.0/0' }] } }, false],
  [{ detail: { sourceIPAddress: [{ cidr: '203.0.113.0/33' }] } }, null],
  [{ detail: { sourceIPAddress: [{ cidr: '::/0' }] }, source: ['aws.bedrock'] }, null],
  [{ detail: { sourceIPAddress: [{ cidr: '::/0' }] }, source: ['aws.s3'] }, false],
  [{ detail: { eventName: [{ later: 'x' }] } }, null],
])('event pattern %j: %s', (pattern, matches) => {
  expect(eventPattern(JSON.stringify(pattern))(event)).toBe(matches);
});

test.each(['', '[]', 'no json', '{"source": "aws.bedrock"}'])('no event pattern: %s', (text) => {
  expect(eventPattern(text)(event)).toBeNull();
});

const place = ['111111111111', 'us-east-1'] as const;
const management = 'management:bedrock.amazonaws.com';
const agentCore = 'management:bedrock-agentcore.amazonaws.com';
const claude = 'AWS::AWSExternalAnthropic::Workspace';
test.each<[string, string, boolean | null]>([
  ['{ $.eventSource = "bedrock.amazonaws.com" }', management, true],
  ['{ $.eventSource = "bedrock.amazonaws.com" }', 'AWS::Bedrock::Guardrail', true],
  ['{ $.eventSource = "bedrock.amazonaws.com" }', 'AWS::BedrockMantle::Project', false],
  ['{ $.eventName = "ApplyGuardrail" }', 'AWS::Bedrock::Guardrail', true],
  ['{ $.eventName = "ApplyGuardrail" }', 'AWS::Bedrock::Model', false],
  ['{ $.eventName = "UpdateAgent" && $.eventSource = "aws-external-anthropic.amazonaws.com" }', claude, true],
  ['{ $.requestParameters.bearerTokenType = "LONG_TERM" }', claude, true],
  ['{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }', management, false],
  ['{ $.eventName = "CreatePolicy" }', agentCore, false], // an alarm on IAM
  ['{ $.eventName = "CreatePolicy" && $.eventSource = "bedrock-agentcore.amazonaws.com" }', agentCore, true],
  ['{ $.requestParameters.modelId = "anthropic.claude-v2" }', management, false], // one model
  ['{ $.requestParameters.modelId = "*" }', management, null],
  ['{ $.requestParameters.modelId != "x" }', management, null],
  ['{ $.requestParameters.modelId = %claude% }', management, null],
  ['{ $.requestParameters.modelId EXISTS }', management, null],
  ['{ $.requestParameters.modelId NOT EXISTS }', management, null],
  ['{ $.requestParameters.a.b IS NULL }', management, null],
  ['{ $.requestParameters.name = "*" && $.eventName = "CreatePolicy" }', agentCore, false],
  [
    '{ $.requestParameters.name = "*" && $.eventName = "CreatePolicy" && $.eventSource = "bedrock-agentcore*" }',
    agentCore,
    null,
  ],
  ['{ $.requestParameters.modelId = "*" && $.eventSource = "iam.amazonaws.com" }', agentCore, false],
  ['{ $.eventSource = %bedrock% }', management, true],
  ['{ $.eventSource = %(bedrock)% }', management, null],
])('%s watches %s: %s', (pattern, eventClass, expected) => {
  expect(watches(metricPattern(pattern), eventClass, ...place)).toBe(expected);
});

test.each([
  [['anthropic.claude-v2'], false], // one model
  [[{ 'equals-ignore-case': 'Anthropic.Claude-V2' }], false],
  [[{ prefix: 'anthropic.' }], null],
  [[{ 'anything-but': 'x' }], null],
  [[{ exists: true }], null],
  [[{ exists: false }], null],
  [{ deeper: [{ exists: true }] }, null],
])('a rule on the request parameter %j: %s', (modelId, expected) => {
  const pattern = { detail: { eventName: ['InvokeModel'], requestParameters: { modelId } } };
  const rule = { matcher: eventPattern(JSON.stringify(pattern)), withReads: true, asksForSource: false };
  expect(watchedBy([rule], management, ...place)).toBe(expected);
});

test('reads of management events reach a rule that asks for all of them alone', () => {
  for (const more of [{}, { eventSource: ['bedrock.amazonaws.com'] }]) {
    const pattern = { detail: { eventName: ['InvokeModel'], ...more } };
    const rule = { matcher: eventPattern(JSON.stringify(pattern)), asksForSource: false };
    expect(watchedBy([{ ...rule, withReads: false }], management, ...place)).toBe(false);
    expect(watchedBy([{ ...rule, withReads: true }], management, ...place)).toBe(true);
  }
});

test('a source that nobody has published is not judged', () => {
  const rule = (source: string) => ({
    matcher: eventPattern(JSON.stringify({ source: [source] })),
    withReads: true,
    asksForSource: true,
  });
  expect(watchedBy([rule('aws.bedrock')], management, ...place)).toBe(true);
  expect(watchedBy([rule('aws.aws-external-anthropic')], claude, ...place)).toBeNull();
  expect(watchedBy([rule('aws.s3')], claude, ...place)).toBe(false);
});

test('rules one behind the other match one event that passes both', () => {
  const rule = (pattern: object, withReads = true) => ({
    matcher: eventPattern(JSON.stringify({ detail: pattern })),
    withReads,
    asksForSource: false,
  });
  const [ofBedrock, unjudged] = [
    rule({ eventSource: ['bedrock.amazonaws.com'] }),
    rule({ eventName: [{ cidr: '::/0' }] }),
  ];
  const [calls, changes] = [rule({ eventName: ['InvokeModel'] }), rule({ eventName: ['CreateGuardrail'] })];
  expect(watchedBy([ofBedrock, calls], management, ...place)).toBe(true);
  expect(watchedBy([changes, calls], management, ...place)).toBe(false); // each matches events of the class, none both
  expect(watchedBy([ofBedrock, rule({ eventName: ['InvokeModel'] }, false)], management, ...place)).toBe(false);
  expect(watchedBy([ofBedrock, unjudged], management, ...place)).toBeNull();
  expect(watchedBy([rule({ eventSource: ['s3.amazonaws.com'] }), unjudged], management, ...place)).toBe(false);
});
