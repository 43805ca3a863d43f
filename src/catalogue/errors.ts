import type { DenialCause, Gap } from '../domain/gap.ts';
import type { Operation } from '../ports/aws-calls.ts';
import { denialIn } from './denials.ts';
import { operations } from './operations.ts';

/** An AWS error as a transcript keeps it. */
export interface AwsError {
  readonly name: string;
  readonly message: string;
}

/** What an error's name means. Names as the SDK gives them: the services' own codes, and those of the network below. */
const meanings: Readonly<Record<Meaning, readonly string[]>> = {
  denied: [
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'AuthorizationError',
    'UnauthorizedException',
  ],
  regionNotEnabled: [
    'OptInRequired',
    'UnrecognizedClientException',
    'InvalidClientTokenId',
    'AuthFailure',
    'RegionDisabledException',
  ],
  noCredentials: [
    'ExpiredToken',
    'ExpiredTokenException',
    'RequestExpired',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'CredentialsProviderError',
    'TokenProviderError',
  ],
  throttled: [
    'Throttling',
    'ThrottlingException',
    'ThrottledException',
    'TooManyRequestsException',
    'RequestLimitExceeded',
    'RequestThrottled',
    'RequestThrottledException',
    'BandwidthLimitExceeded',
    'LimitExceeded',
    'LimitExceededException',
    'PriorRequestNotComplete',
    'SlowDown',
  ],
  timedOut: [
    'TimeoutError',
    'RequestTimeout',
    'RequestTimeoutException',
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'ServiceFailure',
    'InternalFailure',
    'InternalError',
    'InternalServerException',
    'InternalServerError',
    'ReportInProgress', // the credential report is not ready yet: the API's own error code, and the SDK's name for it
    'CredentialReportNotReadyException',
  ],
  unreachable: [
    'NetworkingError',
    'ENOTFOUND',
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'UnknownEndpoint',
  ],
};
type Meaning = 'denied' | 'regionNotEnabled' | 'noCredentials' | 'throttled' | 'timedOut' | 'unreachable';
const meaningOf: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(meanings).flatMap(([meaning, names]) => names.map((name) => [name, meaning as Meaning] as const)),
);

/** Names under which a transcript keeps a call that no file answered: this one alone, or no call of its kind in that place. */
export const notInSnapshot = 'NotInSnapshot';
export const noneInSnapshot = 'NoneInSnapshot';

/** The one place that says what an AWS error means for the fact that was asked for. Live and replayed answers both pass here. */
export function gapOf(operation: Operation, error: AwsError): Gap {
  const { action } = operations[operation];
  if (error.name === notInSnapshot || error.name === noneInSnapshot) return { code: 'NOT_IN_SNAPSHOT', operation };
  const meaning = meaningOf.get(error.name);
  switch (meaning) {
    case 'throttled':
      return { code: 'THROTTLED', action };
    case 'timedOut':
      return { code: 'TIMED_OUT', action };
    case 'unreachable':
      return { code: 'UNREACHABLE', action, problem: error.name };
    case 'noCredentials':
      return { code: 'NO_CREDENTIALS', problem: error.name };
  }
  if (operation === 'sts:AssumeRole')
    return { code: 'ROLE_NOT_ASSUMED', role: roleIn(error.message), ...causeIn(error) };
  if (meaning === 'regionNotEnabled') return { code: 'REGION_NOT_ENABLED', action };
  if (meaning === 'denied')
    return { code: 'ACCESS_DENIED', action: denialIn(error.message).action ?? action, ...causeIn(error) };
  return { code: 'UNEXPECTED', name: error.name };
}

function causeIn({ message }: AwsError): { readonly by?: DenialCause } {
  const { by } = denialIn(message);
  return by === null ? {} : { by };
}

/** AWS names the role in its refusal: `... is not authorized to perform: sts:AssumeRole on resource: <arn>`. */
function roleIn(message: string): string {
  return /arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(message)?.[0] ?? 'of the reader';
}
