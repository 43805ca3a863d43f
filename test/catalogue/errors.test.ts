import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { asAwsError } from '../../src/adapters/aws/thrown.ts';
import { denialIn } from '../../src/catalogue/denials.ts';
import { gapOf } from '../../src/catalogue/errors.ts';
import { operations } from '../../src/catalogue/operations.ts';
import { explainGap, isOurs, isPassing, remedyOf } from '../../src/domain/gap.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const summary = 'iam:GetAccountSummary';
const trails = 'cloudtrail:DescribeTrails';
const gap = (name: string, operation: Operation = summary, message = '') => gapOf(operation, { name, message });

describe('what an error means', () => {
  test.each([
    ['AccessDenied', { code: 'ACCESS_DENIED', action: summary }],
    ['AccessDeniedException', { code: 'ACCESS_DENIED', action: summary }],
    ['Throttling', { code: 'THROTTLED', action: summary }],
    ['TooManyRequestsException', { code: 'THROTTLED', action: summary }],
    ['Http429', { code: 'THROTTLED', action: summary }],
    ['TimeoutError', { code: 'TIMED_OUT', action: summary }],
    ['Http408', { code: 'TIMED_OUT', action: summary }],
    ['ServiceFailureException', { code: 'TIMED_OUT', action: summary, problem: 'ServiceFailureException' }],
    ['InternalServiceError', { code: 'TIMED_OUT', action: summary, problem: 'InternalServiceError' }],
    ['Http502', { code: 'TIMED_OUT', action: summary, problem: 'Http502' }],
    ['ECONNRESET', { code: 'UNREACHABLE', action: summary, problem: 'ECONNRESET' }],
    ['ENOTFOUND', { code: 'UNREACHABLE', action: summary, problem: 'ENOTFOUND', lasting: true }],
    ['CERT_HAS_EXPIRED', { code: 'UNREACHABLE', action: summary, problem: 'CERT_HAS_EXPIRED', lasting: true }],
    ['ExpiredToken', { code: 'NO_CREDENTIALS', problem: 'ExpiredToken' }],
    ['CredentialsProviderError', { code: 'NO_CREDENTIALS', problem: 'CredentialsProviderError' }],
    ['NoSuchEntity', { code: 'UNEXPECTED', name: 'NoSuchEntity' }],
    ['Http404', { code: 'UNEXPECTED', name: 'Http404' }],
    ['SomethingNew', { code: 'UNEXPECTED', name: 'SomethingNew' }],
  ])('%s', (name, expected) => expect(gap(name)).toEqual(expected));

  test('a key that a Region does not know: the Region is not enabled; one that a global service does not know is wrong', () => {
    expect(gap('UnrecognizedClientException', trails)).toEqual({ code: 'REGION_NOT_ENABLED', action: trails });
    for (const operation of [summary, 'sts:AssumeRole', 'organizations:ListRoots'] as const)
      expect(gap('InvalidClientTokenId', operation)).toEqual({
        code: 'NO_CREDENTIALS',
        problem: 'InvalidClientTokenId',
      });
  });

  test('whatever stops AssumeRole is a role not assumed, except what says nothing of the role', () => {
    expect(gap('AccessDenied', 'sts:AssumeRole')).toMatchObject({ code: 'ROLE_NOT_ASSUMED' });
    expect(gap('ValidationError', 'sts:AssumeRole')).toMatchObject({ code: 'ROLE_NOT_ASSUMED' });
    expect(gap('ServiceUnavailable', 'sts:AssumeRole')).toMatchObject({ code: 'TIMED_OUT' });
    expect(gap('ExpiredToken', 'sts:AssumeRole')).toMatchObject({ code: 'NO_CREDENTIALS' });
  });

  test('any error is a gap with words and a remedy; what no table knows carries its name', () => {
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(operations) as Operation[])), fc.string(), (operation, name) => {
        const found = gap(name, operation);
        expect(explainGap(found)).not.toBe('');
        expect(remedyOf(found)).not.toBe('');
        if (found.code === 'UNEXPECTED') expect(found.name).toBe(name);
      }),
    );
  });

  test.each([
    ['Throttling', true, true],
    ['ServiceException', true, true],
    ['ECONNRESET', true, true],
    ['ENOTFOUND', false, true],
    ['SELF_SIGNED_CERT_IN_CHAIN', false, true],
    ['ExpiredToken', false, true],
    ['AccessDenied', false, false],
    ['SomethingNew', false, false],
  ])('%s: tried again %s, asked anew by --resume %s', (name, again, anew) => {
    expect([isPassing(gap(name)), isOurs(gap(name))]).toEqual([again, anew]);
  });

  test.each([
    ['ENOTFOUND', /the service is not in it/],
    ['CERT_HAS_EXPIRED', /NODE_EXTRA_CA_CERTS/],
    ['ECONNRESET', /proxy/],
    ['RequestTimeTooSkewed', /clock/],
    ['ExpiredToken', /sign in again/],
  ])('%s: the remedy fits', (name, words) => expect(remedyOf(gap(name))).toMatch(words));
});

describe('what the SDK throws', () => {
  const thrown = (name: string, more: object = {}): Error => Object.assign(new Error('text'), { name }, more);
  const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });
  test.each([
    ['an exception of the service', thrown('NoSuchEntityException', status(404)), 'NoSuchEntityException'],
    ['one it knows, with 503', thrown('ServiceUnavailable', status(503)), 'ServiceUnavailable'],
    ['one nobody knows, with 500', thrown('OddException', status(500)), 'Http500'],
    ['one nobody knows, with 429', thrown('OddException', status(429)), 'Http429'],
    ['one nobody knows, with 400', thrown('OddException', status(400)), 'OddException'],
    ["a proxy's page", thrown('SyntaxError', status(502)), 'Http502'],
    ['an error of the network', thrown('Error', { code: 'ECONNRESET' }), 'ECONNRESET'],
    ['all addresses refused', new AggregateError([thrown('Error', { code: 'ECONNREFUSED' })]), 'ECONNREFUSED'],
    ['a fetch that hides its cause', thrown('TypeError', { cause: thrown('Error', { code: 'EPROTO' }) }), 'EPROTO'],
    ['a time-out of the SDK', thrown('TimeoutError', { code: 'ECONNABORTED' }), 'TimeoutError'],
    ['no error at all', 'text', 'Error'],
  ])('%s', (_, error, name) => expect(asAwsError(error).name).toBe(name));

  test('a name that the status replaced stays in the text', () =>
    expect(asAwsError(thrown('OddException', status(500))).message).toBe('OddException: text'));
});

interface Recorded {
  readonly name: string;
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Every error answer inside recordings, however deep. */
function errorsIn(value: unknown, name: string): Recorded[] {
  if (value === null || typeof value !== 'object') return [];
  const { Error: error, ResponseMetadata: metadata, status_code: status } = value as Record<string, unknown>;
  const { Code, Message = '' } = (error ?? {}) as { Code?: string; Message?: string };
  const { HTTPStatusCode = Number(status) } = (metadata ?? {}) as { HTTPStatusCode?: number };
  const own = Code === undefined ? [] : [{ name, status: HTTPStatusCode, code: Code, message: Message }];
  return [...own, ...Object.values(value).flatMap((child) => errorsIn(child, name))];
}

const json = (path: string): unknown => JSON.parse(readFileSync(sharedData(path), 'utf8'));
const filesOf = (folder: string): string[] =>
  readdirSync(sharedData(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${folder}/${file}`);

describeWithSharedData('errors that AWS answered', () => {
  test('each recorded one is what a person would say it is', () => {
    const recordings = filesOf('api-recordings-c7n').flatMap((file) => {
      const [service = '', call = ''] = (file.split('/').at(-1) ?? '').split('.');
      const operation = `${service}:${call.replace(/_\d+$/, '')}`;
      return errorsIn({ ...(json(file) as { data: object }).data }, operation);
    });
    const found = recordings.map(({ name, code, message }) => {
      const operation = name in operations ? (name as Operation) : summary;
      const { code: meaning, ...rest } = gapOf(operation, { name: code, message });
      return `${name} ${code}: ${meaning} ${'name' in rest ? rest.name : ''}`.trimEnd();
    });
    expect([...new Set(found)].sort()).toEqual([
      'cloudtrail:DeleteTrail TrailNotFoundException: UNEXPECTED TrailNotFoundException',
      'iam:DeleteInstanceProfile NoSuchEntity: UNEXPECTED NoSuchEntity',
      'iam:GetAccountPasswordPolicy NoSuchEntity: UNEXPECTED NoSuchEntity',
      'iam:GetCredentialReport ReportInProgress: TIMED_OUT',
      'iam:GetLoginProfile NoSuchEntity: UNEXPECTED NoSuchEntity',
      'iam:GetRole NoSuchEntity: UNEXPECTED NoSuchEntity',
      'iam:GetSAMLProvider NoSuchEntity: UNEXPECTED NoSuchEntity',
      'iam:ListInstanceProfilesForRole NoSuchEntity: UNEXPECTED NoSuchEntity',
      'iam:SimulatePrincipalPolicy NoSuchEntity: UNEXPECTED NoSuchEntity',
      'organizations:DescribeOrganization AccessDeniedException: ACCESS_DENIED',
    ]);
  });

  test('a sender’s fault is never taken for one that passes: it would be asked again for nothing', () => {
    const answers = filesOf('aws-validated-localstack').flatMap((file) => errorsIn(json(file), file));
    expect(answers.length).toBeGreaterThan(30);
    for (const { status, code, message } of answers)
      if (status >= 400 && status < 500)
        expect([code, isPassing(gapOf(summary, { name: code, message }))]).toEqual([code, false]);
  });

  test('every wording of a denial gives the action it names', () => {
    const { accessDeniedMessages } = json('access-denied-messages/access_denied_message_patterns.json') as {
      accessDeniedMessages: readonly string[];
    };
    const naming = accessDeniedMessages.filter((pattern) => pattern.includes('<iamPermission'));
    expect(naming.length).toBeGreaterThan(8);
    for (const pattern of naming) expect(denialIn(exampleOf(pattern))).toMatchObject({ action: 'iam:ListUsers' });
  });
});

/** A text that a pattern of the list describes. */
function exampleOf(pattern: string): string {
  const values: Readonly<Record<string, string>> = {
    iamPermission: 'iam:ListUsers',
    iamPermission2: 'iam:ListUsers',
    principal: 'arn:aws:sts::111122223333:assumed-role/AssayReader/assay',
    resource: 'arn:aws:iam::111122223333:user/',
  };
  return pattern
    .replace(/\(\?P<(\w+)>(?:\[[^\]]*\]|[^()[\]])*\)/g, (_, name: string) => values[name] ?? 'something')
    .replace(/\(([^()]*)\)\?/g, '$1')
    .replace(/\\([.()[\]])/g, '$1')
    .replace(/an\?/g, 'an')
    .replace(/\$$/, '');
}
