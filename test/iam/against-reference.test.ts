import fc from 'fast-check';
import { readCase } from '../../src/iam/case.ts';
import { evaluate } from '../../src/iam/evaluate.ts';
import type { TestCase } from './reference/case.ts';
import { referenceEvaluate } from './reference/evaluate.ts';

// A small vocabulary, so that requests and policies meet often and in every combination.
const account = '111122223333';
const other = '444455556666';
const principals = [
  `arn:aws:iam::${account}:user/ana`,
  `arn:aws:iam::${account}:user/team/bo`,
  `arn:aws:iam::${account}:role/app`,
  `arn:aws:sts::${account}:assumed-role/app/night`,
  `arn:aws:sts::${account}:federated-user/fed`,
  `arn:aws:iam::${account}:root`,
  `arn:aws:iam::${account}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`,
  `arn:aws:iam::${account}:saml-provider/idp`,
  'ec2.amazonaws.com',
];
const actions = [
  's3:GetObject',
  'S3:getobject',
  's3:PutObject',
  'iam:PassRole',
  'kms:Decrypt',
  'sts:AssumeRole',
  'bedrock:InvokeModel',
];
const resources = [
  'arn:aws:s3:::bucket/ana/file',
  'arn:aws:s3:::bucket/A*',
  `arn:aws:iam::${account}:role/app`,
  `arn:aws:kms:us-east-1:${account}:key/k`,
  `arn:aws:lambda:us-east-1:${account}:function:f:prod`,
  'arn:aws:iam::aws:policy/p',
  '*',
];
const actionPatterns = [...actions, '*', 's3:*', 's3:Get*', 's3:?etObject', 'iam:*Role', 'KMS:De*', '*:*'];
const resourcePatterns = [
  ...resources,
  'arn:aws:s3:::bucket/*',
  'arn:aws:s3:*',
  'arn:aws:s3*:bucket/*',
  'arn:aws:s3:::bucket/${aws:username}/*',
  "arn:aws:s3:::bucket/${aws:PrincipalTag/team, 'ana'}/*",
  'arn:aws:s3:::bucket/A${*}',
  `arn:*:*:*:${account}:*`,
  'arn:aws:lambda:*:*:function:*:prod',
  'arn:aws:lambda:*:*:f*:p?od',
  'arn:aws:s3*et/*',
  'arn:aws:l*a*:prod',
];
const keys = [
  'aws:PrincipalArn',
  'aws:username',
  'aws:TagKeys',
  'aws:PrincipalTag/team',
  'aws:SourceIp',
  'aws:CurrentTime',
  's3:max-keys',
  'aws:SecureTransport',
];
const values = [
  'ana',
  'Ana',
  'a*',
  '',
  'true',
  'false',
  '10',
  '10.0',
  '-3',
  '10.1.2.3',
  '10.0.0.0/8',
  '2001:db8::1',
  '2001:db8::/32',
  '::/0',
  '::ffff:10.1.2.3',
  '2026-01-01T00:00:00Z',
  '2026',
  '2026-01-01T00:00:00',
  '1767225600',
  '${aws:username}',
  '${aws:none}',
  "${aws:none, 'ana'}",
  `arn:aws:iam::${account}:role/app`,
  'arn:aws:iam::*:role/*',
  'arn:aws:iam::*:user/${aws:username}',
  'arn:*',
  'Z29vZA==',
];
const operators = [
  ...[
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringNotEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  ],
  ...[
    'ArnEquals',
    'ArnLike',
    'ArnNotEquals',
    'ArnNotLike',
    'Bool',
    'BinaryEquals',
    'IpAddress',
    'NotIpAddress',
    'Null',
  ],
  ...[
    'NumericEquals',
    'NumericNotEquals',
    'NumericLessThan',
    'NumericLessThanEquals',
    'NumericGreaterThan',
    'NumericGreaterThanEquals',
  ],
];
const dateOperators = [
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
];
const dates = [
  '2026-01-01T00:00:00Z',
  '1767225600',
  '2025-12-31',
  '2026-06-01T12:00:00+02:00',
  '2026',
  '2026-01-01T00:00:00',
];

const oneOrMany = <T>(item: fc.Arbitrary<T>) => fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
const prefix = fc.constantFrom('', '', '', 'ForAllValues:', 'ForAnyValue:');
const suffix = fc.constantFrom('', '', 'IfExists');
const condition = fc
  .tuple(prefix, fc.constantFrom(...operators, ...dateOperators), suffix, fc.constantFrom(...keys), fc.boolean())
  .chain(([set, operator, exists, key, upper]) =>
    oneOrMany(fc.constantFrom(...(operator.startsWith('Date') ? dates : values))).map((value) => ({
      [`${set}${operator}${operator === 'Null' ? '' : exists}`]: { [upper ? key.toUpperCase() : key]: value },
    })),
  );
const conditions = fc.option(
  fc.array(condition, { maxLength: 2 }).map((parts) => Object.assign({}, ...parts) as object),
  { nil: undefined, freq: 2 },
);

const ownStatement = fc.record(
  {
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    actions: fc.tuple(fc.constantFrom('Action', 'Action', 'NotAction'), oneOrMany(fc.constantFrom(...actionPatterns))),
    resources: fc.tuple(
      fc.constantFrom('Resource', 'Resource', 'NotResource'),
      oneOrMany(fc.constantFrom(...resourcePatterns, '*', '*')),
    ),
    Condition: conditions,
  },
  { requiredKeys: ['Effect', 'actions', 'resources'] },
);
const named = fc.oneof(
  fc.constant('*'),
  fc.record({ AWS: oneOrMany(fc.constantFrom('*', account, other, ...principals.slice(0, 7))) }),
  fc.constant({ Service: 'ec2.amazonaws.com' }),
  fc.constant({ Federated: `arn:aws:iam::${account}:saml-provider/idp` }),
);
type Written = {
  readonly Effect: string;
  readonly actions: [string, unknown];
  readonly resources: [string, unknown];
  readonly Condition?: object | undefined;
};
const written = ({ Effect, actions, resources, Condition }: Written, more: object = {}) => ({
  Effect,
  [actions[0]]: actions[1],
  [resources[0]]: resources[1],
  ...(Condition === undefined ? {} : { Condition }),
  ...more,
});
const version = fc.constantFrom('2012-10-17', '2012-10-17', '2012-10-17', '2008-10-17');
const documentOf = (statement: fc.Arbitrary<object>) =>
  fc
    .tuple(version, fc.array(statement, { minLength: 1, maxLength: 3 }))
    .map(([Version, Statement]) => ({ Version, Statement }));
const own = documentOf(ownStatement.map((it) => written(it as Written)));
const onResource = documentOf(
  fc
    .tuple(ownStatement, fc.constantFrom('Principal', 'Principal', 'Principal', 'NotPrincipal'), named)
    .map(([it, element, who]) => written(it as Written, { [element]: who })),
);
const everyone = documentOf(ownStatement.map((it) => written(it as Written, { Principal: '*' })));
const all = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const list = (document: fc.Arbitrary<object>, maxLength = 2) =>
  fc.array(
    document.map((it) => ({ name: 'p', document: it })),
    { maxLength },
  );
const level = (document: fc.Arbitrary<object>, full: object) =>
  fc
    .tuple(
      fc.constantFrom([{ name: 'full', document: full }], [{ name: 'full', document: full }], []),
      list(document, 1),
    )
    .map(([first, rest]) => [...first, ...rest]);

const context = fc.dictionary(
  fc.constantFrom(...keys),
  fc.oneof(fc.constantFrom(...values), fc.array(fc.constantFrom(...values), { maxLength: 3 })),
  { maxKeys: 5 },
);
const testCase = fc.record({
  request: fc.record({
    principal: fc.constantFrom(...principals),
    action: fc.constantFrom(...actions),
    resource: fc.constantFrom(...resources),
    resourceAccount: fc.constantFrom(account, account, other, ''),
    managementAccount: fc.constantFrom('', '', account),
    context,
  }),
  policies: fc.record({
    identity: list(own, 3),
    boundary: fc.option(list(own), { nil: null, freq: 2 }),
    session: fc.option(own, { nil: null, freq: 2 }),
    resource: fc.option(onResource, { nil: null }),
    scps: fc.array(level(own, all), { maxLength: 3 }),
    rcps: fc.array(level(everyone, { ...all, Statement: [{ ...all.Statement[0], Principal: '*' }] }), { maxLength: 2 }),
  }),
});

const runs = Number(process.env['ASSAY_FUZZ_RUNS'] ?? 20_000);

test('the engine and the reference, written apart from AWS documentation, decide alike', () => {
  const tally: Record<string, number> = {};
  fc.assert(
    fc.property(testCase, (given) => {
      const { request, layers } = readCase(given);
      const { decision } = evaluate(request, layers);
      tally[decision] = (tally[decision] ?? 0) + 1;
      expect(decision).toBe(referenceEvaluate(given as unknown as TestCase));
    }),
    { numRuns: runs },
  );
  for (const decision of ['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied'])
    expect(tally[decision]).toBeGreaterThan(runs / 100); // the vocabulary reaches all three
});
