import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { PolicyError, parsePolicy } from '../../src/iam/parse.ts';
import type { PolicyKind } from '../../src/iam/policy.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const policy = (...statements: unknown[]) => ({ Version: '2012-10-17', Statement: statements });
const problemOf = (document: unknown, kind: PolicyKind = 'identity'): string | null => {
  try {
    parsePolicy(document, kind, 'p');
    return null;
  } catch (error) {
    if (error instanceof PolicyError) return error.message;
    throw error;
  }
};

test.each([
  ['not an object', 'policy: not a JSON object', []],
  ['text that is not JSON', /^policy: not JSON/, '{'],
  ['no statement', 'Statement: the policy has no statement', { Version: '2012-10-17' }],
  ['an unknown version', 'Version: not a policy version: `2013-10-17`', { Version: '2013-10-17', Statement: allow }],
  ['an unknown element', 'Statement[0]: unknown element `Actions`', policy({ ...allow, Actions: 'x' })],
  ['both forms', 'Statement[0]: has both Action and NotAction', policy({ ...allow, NotAction: 's3:*' })],
  ['two colons', 'Statement[1].Action: not `service:Action`: `a:b:c`', policy(allow, { ...allow, Action: 'a:b:c' })],
  [
    'an unknown operator',
    'Statement[0].Condition: no condition operator: `StringIs`',
    policy({ ...allow, Condition: { StringIs: { a: 'b' } } }),
  ],
  [
    'a value that is an object',
    'Statement[0].Condition.Bool.a: a value that is no text, number or truth value',
    policy({ ...allow, Condition: { Bool: { a: {} } } }),
  ],
  [
    'a principal in an identity policy',
    'Statement[0]: names a principal, which only policies of resources may',
    policy({ ...allow, Principal: '*' }),
  ],
])('refuses %s, and says where', (_, message, document) => {
  const problem = problemOf(document);
  if (typeof message === 'string') expect(problem).toBe(message);
  else expect(problem).toMatch(message);
});

test('a policy of a resource must name a principal; a trust policy needs no resource', () => {
  expect(problemOf(policy(allow), 'resource')).toBe('Statement[0]: names no principal');
  const trust = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } });
  expect(problemOf(trust, 'trust')).toBeNull();
  expect(problemOf(policy({ Effect: 'Allow', Action: 's3:*' }))).toBe(
    'Statement[0].Resource: the statement has no resources',
  );
});

test('IAM checks what a resource names, past the colons of a variable; of an SCP a name that nothing bears is kept', () => {
  const naming = (Resource: string, kind: PolicyKind) => problemOf(policy({ ...allow, Resource }), kind);
  expect(naming('arn:aws:iam::111122223333:rol/x', 'identity')).toMatch('no resource of IAM');
  expect(naming('arn:awz:s3:::b', 'identity')).toMatch('no partition of AWS');
  expect(naming('arn:aws:iam::${aws:PrincipalAccount}:role/x', 'identity')).toBeNull();
  expect(naming('arn:aws:iam::${aws:PrincipalAccount}:rol/x', 'identity')).toMatch('no resource of IAM');
  for (const kind of ['scp', 'rcp'] as const)
    for (const resource of ['arn:aws:iam::*:rol/x', 'arn:awz:s3:::b']) expect(naming(resource, kind)).toBeNull();
  expect(naming('role/x', 'scp')).toMatch('neither `*` nor an ARN');
  // One letter is what a request without a resource carries: read as a pattern it would stand for all of those, and for nothing else.
  expect(naming('?', 'scp')).toMatch('neither `*` nor an ARN');
});

test('single values are lists of one, numbers and truth values are texts, a null among resources is passed over', () => {
  const document = policy({
    ...allow,
    Resource: ['*', null],
    Condition: { Bool: { 'aws:SecureTransport': true }, NumericLessThan: { 'S3:Max-Keys': 10 } },
  });
  const [statement] = parsePolicy(document, 'identity', 'p').statements;
  expect(statement?.actions).toEqual(['s3:GetObject']);
  expect(statement?.resources).toEqual(['*']);
  expect(statement?.conditions.map(({ key, values }) => [key, values])).toEqual([
    ['aws:securetransport', ['true']],
    ['s3:max-keys', ['10']],
  ]);
});

test('only version 2012-10-17 fills in policy variables', () => {
  const variables = (Version?: string) =>
    parsePolicy({ ...(Version ? { Version } : {}), Statement: allow }, 'identity', 'p').statements[0]?.variables;
  expect([variables('2012-10-17'), variables('2008-10-17'), variables()]).toEqual([true, false, false]);
});

describeWithSharedData('documents of others', () => {
  const json = (path: string): unknown => JSON.parse(readFileSync(sharedData(path), 'utf8'));
  interface Corpus {
    readonly invalid: readonly { readonly index: number; readonly document: unknown }[];
    readonly valid: readonly { readonly index: number; readonly document: unknown }[];
  }

  test('the grammar corpus: the invalid are refused, the odd but legal are read', () => {
    const { invalid, valid } = json('policy-grammar-moto/cases.json') as Corpus;
    const accepted = invalid.filter(({ document }) => problemOf(document) === null).map(({ index }) => index);
    // 1 and 2 are refused to new policies only for their version: one without, and 2008-10-17, which stored policies may have.
    expect(accepted).toEqual([1, 2]);
    expect(valid.filter(({ document }) => problemOf(document) !== null)).toEqual([]);
    expect(invalid.length + valid.length).toBeGreaterThan(80);
  });

  test('every AWS managed policy is read', () => {
    const lines = gunzipSync(readFileSync(sharedData('managed-policies/managed-policies.ndjson.gz')))
      .toString()
      .trim()
      .split('\n');
    const refused = lines
      .map((line) => JSON.parse(line) as { name: string; document: unknown })
      .flatMap(({ name, document }) => {
        const problem = problemOf(document);
        return problem === null ? [] : [`${name}: ${problem}`];
      });
    expect(refused).toEqual([]);
    expect(lines.length).toBeGreaterThan(1_000);
  });
});
