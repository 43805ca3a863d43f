import { explainGap, type Gap, isPassing, Refusal, remedyOf } from '../../src/domain/gap.ts';
import { countedKinds, isCounted, kindOfRole, kindOfUser } from '../../src/domain/identity.ts';
import { accountId, accountOfArn, isRegion, region, runId } from '../../src/domain/ids.ts';
import { isoDate } from '../../src/domain/iso-date.ts';
import { known, unknown, unknownsIn } from '../../src/domain/reading.ts';

test.each([
  [accountId, '123456789012', '12345678901'],
  [region, 'eu-west-1', 'global'],
  [runId, '0123456789ab', '0123456789AB'],
] as const)('%p accepts its own form and refuses another, naming it', (parse, good, bad) => {
  expect(parse(good)).toBe(good);
  expect(() => parse(bad)).toThrow(`\`${bad}\``);
});

test.each([
  { text: 'us-gov-east-1', expected: true },
  { text: 'mx-central-1', expected: true },
  { text: 'us-east', expected: false },
  { text: '*', expected: false },
])('$text has the shape of a Region: $expected', ({ text, expected }) => {
  expect(isRegion(text)).toBe(expected);
});

test.each([
  { arn: 'arn:aws:iam::123456789012:role/x', expected: '123456789012' },
  { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', expected: undefined },
  { arn: 'nonsense', expected: undefined },
])('the account in $arn is $expected', ({ arn, expected }) => {
  expect(accountOfArn(arn)).toBe(expected);
});

const special = {
  readerRoles: ['AssayReader'],
  breakGlass: ['arn:aws:iam::1:user/glass', 'arn:aws:iam::1:role/glass'],
};

test.each([
  { name: 'alice', arn: 'arn:aws:iam::1:user/alice', expected: 'user' },
  { name: 'AeaApiKey-x', arn: 'a', expected: 'phantom-user' },
  { name: 'BedrockAPIKey-x', arn: 'a', expected: 'phantom-user' },
  { name: 'bedrockapikey-x', arn: 'a', expected: 'user' }, // the consoles write it in exactly one case
  { name: 'glass', arn: 'arn:aws:iam::1:user/glass', expected: 'break-glass' },
])('user $name is a $expected', ({ name, arn, expected }) => {
  expect(kindOfUser(name, arn, special)).toBe(expected);
});

test.each([
  { name: 'app', path: '/', arn: 'a', expected: 'role' },
  {
    name: 'AWSReservedSSO_x',
    path: '/aws-reserved/sso.amazonaws.com/eu-west-1/',
    arn: 'a',
    expected: 'identity-center-role',
  },
  { name: 'AWSServiceRoleForX', path: '/aws-service-role/x.amazonaws.com/', arn: 'a', expected: 'service-linked-role' },
  { name: 'AssayReader', path: '/', arn: 'a', expected: 'assay-reader' },
  { name: 'glass', path: '/', arn: 'arn:aws:iam::1:role/glass', expected: 'break-glass' },
])('role $name at $path is a $expected', ({ name, path, arn, expected }) => {
  expect(kindOfRole(name, path, arn, special)).toBe(expected);
});

test('four kinds are counted', () => {
  expect(countedKinds.filter(isCounted)).toEqual(['user', 'phantom-user', 'role', 'identity-center-role']);
  expect(isCounted('service-linked-role')).toBe(false);
});

test.each([
  { text: '2023-03-09 10:41:45+00:00', expected: '2023-03-09T10:41:45Z' }, // as Python writes it
  { text: '2023-03-09T12:41:45.123+02:00', expected: '2023-03-09T10:41:45Z' },
  { text: '', expected: null },
  { text: undefined, expected: null },
  { text: 'soon', expected: 'soon' },
])('$text as ISO is $expected', ({ text, expected }) => {
  expect(isoDate(text)).toBe(expected);
});

const gaps: readonly Gap[] = [
  { code: 'ACCESS_DENIED', action: 'iam:ListUsers' },
  { code: 'ROLE_NOT_ASSUMED', role: 'arn:aws:iam::1:role/r' },
  { code: 'THROTTLED', action: 'iam:ListUsers' },
  { code: 'TIMED_OUT', action: 'iam:ListUsers' },
  { code: 'NOT_TRACKED', service: 'bedrock' },
  { code: 'NOT_OFFERED', action: 'cloudformation:ListResources', what: 'AWS::X::Y' },
  { code: 'NOT_IN_SNAPSHOT', operation: 'iam:ListUsers' },
  { code: 'UNPARSABLE', file: 'a.json', place: 'Policies[0]', problem: 'not JSON' },
  { code: 'NO_DATE', what: 'the expiry of x' },
  { code: 'IMPLAUSIBLE_DATE', what: 'creation of x', date: '2099-01-01T00:00:00Z' },
  { code: 'TASK_FAILED', error: 'States.Timeout' },
  { code: 'NO_RESULT' },
  { code: 'NOT_IMPLEMENTED', feature: 'last-accessed data' },
  { code: 'UNEXPECTED', name: 'TeapotException' },
];

test.each(gaps.map((gap) => [gap.code, gap] as const))(
  '%s says what happened, with its own words, and what to do',
  (_, gap) => {
    const telling = Object.entries(gap)
      .filter(([key]) => key !== 'code')
      .map(([, value]) => String(value));
    for (const word of telling) expect(explainGap(gap)).toContain(word);
    expect(remedyOf(gap)).toMatch(/\w{3}/);
    expect(new Refusal(gap).message).toBe(explainGap(gap));
  },
);

test('only throttling and time-outs may pass by themselves', () => {
  expect(gaps.filter(isPassing).map(({ code }) => code)).toEqual(['THROTTLED', 'TIMED_OUT']);
});

test('unknowns are found at any depth, equal ones once, and known values are not mistaken for them', () => {
  const place = { region: 'global', operation: 'iam:ListUsers' };
  const gap: Gap = { code: 'ACCESS_DENIED', action: 'iam:ListUsers' };
  const fact = {
    a: unknown(gap, place),
    b: known([{ c: unknown(gap, place) }, { kind: 'unknown' }, null], null),
    d: unknown({ code: 'NO_RESULT' }, place),
  };
  expect(unknownsIn(fact)).toEqual([
    { gap, place },
    { gap: { code: 'NO_RESULT' }, place },
  ]);
});
