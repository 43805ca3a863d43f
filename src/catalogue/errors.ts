import type { Gap } from '../domain/gap.ts';
import type { Operation } from '../ports/aws-calls.ts';
import { operations } from './operations.ts';

/** An AWS error as a transcript keeps it. */
export interface AwsError {
  readonly name: string;
  readonly message: string;
}

const denied = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'AuthorizationError',
  'InvalidClientTokenId',
  'ExpiredToken',
  'ExpiredTokenException',
  'OptInRequired',
]);
const throttled = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'LimitExceeded',
  'LimitExceededException',
  'SlowDown',
]);
const timedOut = new Set([
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceFailure',
  'ReportInProgress', // the credential report is not ready yet: the API's own error code, and the SDK's name for it
  'CredentialReportNotReadyException',
]);

/** Names under which a transcript keeps a call that no file answered: this one alone, or no call of its kind in that place. */
export const notInSnapshot = 'NotInSnapshot';
export const noneInSnapshot = 'NoneInSnapshot';

/** The one place that says what an AWS error means for the fact that was asked for. Live and replayed answers both pass here. */
export function gapOf(operation: Operation, error: AwsError): Gap {
  const { action } = operations[operation];
  if (error.name === notInSnapshot || error.name === noneInSnapshot) return { code: 'NOT_IN_SNAPSHOT', operation };
  if (throttled.has(error.name)) return { code: 'THROTTLED', action };
  if (timedOut.has(error.name)) return { code: 'TIMED_OUT', action };
  if (operation === 'sts:AssumeRole') return { code: 'ROLE_NOT_ASSUMED', role: roleIn(error.message) };
  if (denied.has(error.name)) return { code: 'ACCESS_DENIED', action };
  return { code: 'UNEXPECTED', name: error.name };
}

/** AWS names the role in its refusal: `... is not authorized to perform: sts:AssumeRole on resource: <arn>`. */
function roleIn(message: string): string {
  return /arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(message)?.[0] ?? 'of the reader';
}
