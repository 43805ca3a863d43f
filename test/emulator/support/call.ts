import type { IncomingMessage } from 'node:http';

/** One call as it came over the wire. */
export interface Call {
  readonly service: string;
  /** The AWS operation, or `METHOD path` where the protocol does not name one. */
  readonly operation: string;
  /** Whom the call is about: the account whose key signed it; of `AssumeRole` the account of the role. Null where the key is nobody's. */
  readonly account: string | null;
  readonly accessKey: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Which account each access key id belongs to, as AssumeRole gave them out; a 12-digit key id is the account itself. */
export type Keys = Map<string, string>;

export function callOf(req: IncomingMessage, body: Buffer, keys: Keys): Call {
  const [accessKey = '', region = '', service = 'unknown'] = scopeOf(req);
  const input = inputOf(req, body);
  const operation = operationOf(req, input);
  const own = /^\d{12}$/.test(accessKey) ? accessKey : (keys.get(accessKey) ?? null);
  const account = operation === 'AssumeRole' ? accountOfRole(input) : own;
  return { service, operation, account, accessKey, region, at: Date.now(), input };
}

/** Access key id, Region and service of the SigV4 scope. */
function scopeOf({ headers, url = '' }: IncomingMessage): string[] {
  const scope = headers.authorization ?? decodeURIComponent(url);
  return /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(scope)?.slice(1) ?? [];
}

export const isForm = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;

function inputOf(req: IncomingMessage, body: Buffer): Record<string, unknown> {
  if (isForm(req)) return Object.fromEntries(new URLSearchParams(body.toString()));
  if (req.headers['content-type']?.includes('json') !== true || body.length === 0) return {};
  const input: unknown = JSON.parse(body.toString());
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
}

/** Operations of services whose protocol names them by a path. */
const byPath: Readonly<Record<string, string>> = {
  'POST /listRegions': 'ListRegions',
  'GET /analyzer': 'ListAnalyzers',
  'GET /logging/modelinvocations': 'GetModelInvocationLoggingConfiguration',
  'GET /enforcedGuardrailsConfiguration': 'ListEnforcedGuardrailsConfiguration',
};

/** The AWS operation for JSON (`X-Amz-Target`) and query (`Action=`) protocols, else `METHOD path`. */
function operationOf(req: IncomingMessage, input: Readonly<Record<string, unknown>>): string {
  const target = req.headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? target;
  if (isForm(req)) return String(input['Action'] ?? '');
  const path = `${req.method} ${req.url?.split('?')[0] ?? ''}`;
  return byPath[path] ?? path;
}

const accountOfRole = ({ RoleArn }: Readonly<Record<string, unknown>>): string | null =>
  /^arn:[\w-]+:iam::(\d{12}):role\//.exec(String(RoleArn))?.[1] ?? null;

/** Notes the key that an answer to AssumeRole gives out. */
export function learnKey({ operation, account }: Call, answer: string, keys: Keys): void {
  const key = /<AccessKeyId>([^<]+)<\/AccessKeyId>/.exec(answer)?.[1];
  if (operation === 'AssumeRole' && account !== null && key !== undefined) keys.set(key, account);
}
