import type { DenialCause, Gap } from '../domain/gap.ts';
import type { Operation } from '../ports/aws-calls.ts';
import { denialIn } from './denials.ts';
import { operations } from './operations.ts';

/** An AWS error as a transcript keeps it. */
export interface AwsError {
  readonly name: string;
  readonly message: string;
}

/**
 * What an error's name means: the codes of the services (as the API spells them, and as the SDK names their exceptions), those of the SDK's
 * credential providers, and those of Node's network and TLS.
 */
const meanings: Readonly<Record<Meaning, readonly string[]>> = {
  denied: [
    'AccessDenied',
    'AccessDeniedException',
    'UnauthorizedOperation',
    'AuthorizationError',
    'UnauthorizedException',
    'AccessDeniedForDependencyException', // Organizations
    'OrganizationAccessDeniedException', // Config
    'CloudTrailAccessNotEnabledException',
  ],
  regionNotEnabled: ['OptInRequired', 'RegionDisabledException'],
  // What a Region answers that is not enabled: it does not know the key. A global service says the same of a key that nobody knows.
  keyUnknown: ['UnrecognizedClientException', 'InvalidClientTokenId', 'InvalidAccessKeyId', 'AuthFailure'],
  noCredentials: [
    'ExpiredToken',
    'ExpiredTokenException',
    'ExpiredTradeInTokenException',
    'RequestExpired',
    'RequestInTheFuture',
    'RequestTimeTooSkewed',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'IncompleteSignature',
    'IncompleteSignatureException',
    'InvalidToken',
    'InvalidIdentityToken',
    'InvalidIdentityTokenException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'CredentialsProviderError',
    'TokenProviderError',
    'CredentialsError',
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
    'EC2ThrottledException',
    'ProvisionedThroughputExceededException',
    'TransactionInProgressException',
    'ReportGenerationLimitExceededException',
  ],
  timedOut: [
    'TimeoutError',
    'RequestTimeout',
    'RequestTimeoutException',
    'ReportInProgress', // the credential report is not ready yet: the API's own error code, and the SDK's name for it
    'CredentialReportNotReadyException',
  ],
  failedAtAws: [
    'ServiceUnavailable',
    'ServiceUnavailableException',
    'ServiceFailure',
    'ServiceFailureException', // IAM
    'ServiceException', // Organizations
    'InternalFailure',
    'InternalFailureException',
    'InternalError',
    'InternalErrorException',
    'InternalServerException',
    'InternalServerError',
    'InternalServiceError',
    'InternalServiceErrorException',
    'InternalServiceException',
    'ServiceInternalErrorException', // Cloud Control, like the next four
    'GeneralServiceException',
    'HandlerFailureException',
    'HandlerInternalFailureException',
    'NetworkFailureException',
    'IDPCommunicationError', // STS, which calls it worth another try
    'IDPCommunicationErrorException',
    'ConcurrentModification', // somebody changes what is read at this moment
    'ConcurrentModificationException',
    'PolicyChangesInProgressException',
    'ResourceUnavailableException', // Account Management
  ],
  unreachable: [
    'NetworkingError',
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'EPIPE',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'EHOSTDOWN',
    'ENETUNREACH',
    'ENETDOWN',
    'ERR_SOCKET_CONNECTION_TIMEOUT',
    'ERR_STREAM_PREMATURE_CLOSE',
  ],
  // No second try gets through: there is no such name, or whoever answers cannot prove to be AWS.
  noWay: [
    'ENOTFOUND',
    'UnknownEndpoint',
    'EndpointError',
    'EPROTO',
    'CERT_HAS_EXPIRED',
    'CERT_NOT_YET_VALID',
    'CERT_UNTRUSTED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED_CERT_IN_CHAIN',
    'UNABLE_TO_GET_ISSUER_CERT',
    'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ],
};
type Meaning =
  | 'denied'
  | 'regionNotEnabled'
  | 'keyUnknown'
  | 'noCredentials'
  | 'throttled'
  | 'timedOut'
  | 'failedAtAws'
  | 'unreachable'
  | 'noWay';
const meaningOf: ReadonlyMap<string, Meaning> = new Map(
  Object.entries(meanings).flatMap(([meaning, names]) => names.map((name) => [name, meaning as Meaning] as const)),
);

/** Names under which a transcript keeps a call that no file answered: this one alone, or no call of its kind in that place. */
export const notInSnapshot = 'NotInSnapshot';
export const noneInSnapshot = 'NoneInSnapshot';

/** The name of a call that was not sent: it is of an account that nobody has opened, and our own credentials are of another. */
export const noSession = 'NoSession';

/** The one place that says what an AWS error means for the fact that was asked for. Live and replayed answers both pass here. */
export function gapOf(operation: Operation, error: AwsError): Gap {
  const { action } = operations[operation];
  const { name: problem } = error;
  if (problem === notInSnapshot || problem === noneInSnapshot) return { code: 'NOT_IN_SNAPSHOT', operation };
  if (problem === noSession) return { code: 'ROLE_NOT_ASSUMED', role: roleIn(error.message) };
  const meaning = meaningFor(operation, error);
  switch (meaning) {
    case 'throttled':
      return { code: 'THROTTLED', action };
    case 'timedOut':
      return { code: 'TIMED_OUT', action };
    case 'failedAtAws':
      return { code: 'TIMED_OUT', action, problem };
    case 'unreachable':
      return { code: 'UNREACHABLE', action, problem };
    case 'noWay':
      return { code: 'UNREACHABLE', action, problem, lasting: true };
    case 'noCredentials':
      return { code: 'NO_CREDENTIALS', problem };
  }
  if (operation === 'sts:AssumeRole')
    return { code: 'ROLE_NOT_ASSUMED', role: roleIn(error.message), ...causeIn(error) };
  if (meaning === 'regionNotEnabled') return { code: 'REGION_NOT_ENABLED', action };
  if (meaning === 'denied')
    return { code: 'ACCESS_DENIED', action: denialIn(error.message).action ?? action, ...causeIn(error) };
  return { code: 'UNEXPECTED', name: problem };
}

function meaningFor(operation: Operation, { name }: AwsError): Meaning | undefined {
  const meaning = meaningOf.get(name);
  if (meaning === 'keyUnknown') return operations[operation].where === 'region' ? 'regionNotEnabled' : 'noCredentials';
  if (meaning !== undefined) return meaning;
  if (name.startsWith('ERR_SSL_') || name.startsWith('ERR_TLS_')) return 'noWay';
  return meaningOfStatus(Number(/^Http(\d{3})$/.exec(name)?.[1]));
}

function meaningOfStatus(status: number): Meaning | undefined {
  if (status === 429) return 'throttled';
  if (status === 408) return 'timedOut';
  return status >= 500 ? 'failedAtAws' : undefined;
}

/** An error whose name no table knows while its HTTP status says that AWS failed, or wants us slower, goes by the status: `Http503`. */
export function namedByStatus({ name, message }: AwsError, status: number | undefined): AwsError {
  if (status === undefined || meaningOf.has(name) || meaningOfStatus(status) === undefined) return { name, message };
  return { name: `Http${status}`, message: `${name}: ${message}` };
}

function causeIn({ message }: AwsError): { readonly by?: DenialCause } {
  const { by } = denialIn(message);
  return by === null ? {} : { by };
}

/** AWS names the role in its refusal: `... is not authorized to perform: sts:AssumeRole on resource: <arn>`. */
function roleIn(message: string): string {
  return /arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@/-]+/.exec(message)?.[0] ?? 'of the reader';
}
