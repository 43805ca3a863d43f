import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

// AWS as one account of many roles sees it, on this machine: answers of IAM, STS and Account Management in their own wire formats, and a
// refusal of everything else. It is in no organisation. A last-accessed report is in progress at the first poll, then comes in pages.

export interface AccountSize {
  readonly roles: number;
  /** So many of them may do everything, and their reports are as large as AWS makes them. */
  readonly administrators: number;
}

/** One call as it came: operation, and what it asked about. */
export interface ServedCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, string>>;
  /** The role whose last-accessed report it is about. */
  readonly role: number | null;
  /** A poll that found the report in progress. */
  readonly inProgress: boolean;
}

export interface AnswerServer {
  readonly port: number;
  readonly calls: readonly ServedCall[];
  close(): Promise<void>;
}

export const account = '111122223333';
const created = '2020-01-01T00:00:00Z';
const recently = '2026-09-20T00:00:00Z';

const document = (statement: object): string =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] }));
const trust = document({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const everything = document({ Action: '*', Resource: '*' });
const keys = document({ Action: ['iam:CreateAccessKey', 's3:GetObject'], Resource: '*' });
const looking = document({ Action: 'ec2:DescribeInstances', Resource: '*' });

const tag = (name: string, inner: string | number | boolean): string => `<${name}>${inner}</${name}>`;
const list = (name: string, items: readonly string[]): string =>
  tag(name, items.map((item) => tag('member', item)).join(''));
const times = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at));

/** A page of items that begins where `Marker` says. */
function page(name: string, items: readonly string[], size: number, marker: string | undefined): string {
  const [from, to] = [Number(marker ?? 0), Number(marker ?? 0) + size];
  const more = to < items.length;
  return list(name, items.slice(from, to)) + tag('IsTruncated', more) + (more ? tag('Marker', to) : '');
}

const arnOf = (at: number): string => `arn:aws:iam::${account}:role/role-${at}`;
const roleOf = (arn: string): number => Number(arn.slice(arn.lastIndexOf('-') + 1));

/** Administrators come first; of the others every third may make keys, and the rest only look. */
const roleXml = (at: number, { administrators }: AccountSize): string => {
  const policy = at < administrators ? everything : at % 3 === 0 ? keys : looking;
  return [
    tag('Path', '/'),
    tag('RoleName', `role-${at}`),
    tag('RoleId', `AROA${at}`),
    tag('Arn', arnOf(at)),
    tag('CreateDate', created),
    tag('AssumeRolePolicyDocument', trust),
    tag('RoleLastUsed', tag('LastUsedDate', recently) + tag('Region', 'us-east-1')),
    list('RolePolicyList', [tag('PolicyName', 'own') + tag('PolicyDocument', policy)]),
  ].join('');
};

/** The services of a report: a few, or what AWS lists for an administrator. */
function servicesOf(at: number, withActions: boolean, { administrators }: AccountSize): string[] {
  const [services, tracked, each] = at < administrators ? [400, 150, 30] : [12, 4, 25];
  return times(services, (service) => {
    const used = service % 40 === 0;
    const actions = withActions && service < tracked ? times(each, (action) => actionXml(at, action, used)) : [];
    return [
      tag('ServiceName', `Amazon Service ${service}`),
      tag('ServiceNamespace', service === 0 ? 'iam' : `service-${service}`),
      tag('TotalAuthenticatedEntities', used ? 1 : 0),
      used ? tag('LastAuthenticated', recently) + tag('LastAuthenticatedEntity', arnOf(at)) : '',
      actions.length === 0 ? '' : list('TrackedActionsLastAccessed', actions),
    ].join('');
  });
}

const actionXml = (at: number, action: number, used: boolean): string =>
  tag('ActionName', `DescribeSomeResource${action}`) +
  (used && action % 10 === 0 ? tag('LastAccessedEntity', arnOf(at)) + tag('LastAccessedTime', recently) : '');

const reportColumns = [
  ...['user', 'arn', 'user_creation_time', 'password_enabled', 'password_last_used', 'password_last_changed'],
  ...['password_next_rotation', 'mfa_active'],
  ...[1, 2].flatMap((key) =>
    ['active', 'last_rotated', 'last_used_date', 'last_used_region', 'last_used_service'].map(
      (column) => `access_key_${key}_${column}`,
    ),
  ),
  ...['cert_1_active', 'cert_1_last_rotated', 'cert_2_active', 'cert_2_last_rotated'],
];
const rootRow = reportColumns.map((column) => {
  if (column === 'user') return '<root_account>';
  if (column === 'arn') return `arn:aws:iam::${account}:root`;
  if (column === 'user_creation_time') return created;
  return column.endsWith('_active') ? String(column === 'mfa_active') : 'N/A';
});
const credentialReport = Buffer.from(`${reportColumns.join(',')}\n${rootRow.join(',')}\n`).toString('base64');

interface Job {
  readonly role: number;
  readonly granularity: string;
  polled: number;
}

/** The account's answers by IAM or STS operation; null for what it has none of. */
class Answers {
  readonly #size: AccountSize;
  readonly #jobs = new Map<string, Job>();

  constructor(size: AccountSize) {
    this.#size = size;
  }

  of(operation: string, input: Readonly<Record<string, string>>): string | null {
    const { Marker } = input;
    switch (operation) {
      case 'GetCallerIdentity':
        return tag('Account', account) + tag('Arn', `arn:aws:iam::${account}:user/auditor`) + tag('UserId', 'AIDA');
      case 'GetAccountAuthorizationDetails': {
        const roles = times(this.#size.roles, (at) => roleXml(at, this.#size));
        return page('RoleDetailList', roles, 500, Marker);
      }
      case 'GenerateCredentialReport':
        return tag('State', 'COMPLETE');
      case 'GetCredentialReport':
        return tag('Content', credentialReport) + tag('ReportFormat', 'text/csv');
      case 'ListServiceSpecificCredentials':
        return list('ServiceSpecificCredentials', []) + tag('IsTruncated', false);
      case 'GenerateServiceLastAccessedDetails':
        return tag('JobId', this.#begin(input));
      case 'GetServiceLastAccessedDetails':
        return this.#report(input);
      default:
        return null;
    }
  }

  jobOf({ JobId = '' }: Readonly<Record<string, string>>): Job | undefined {
    return this.#jobs.get(JobId);
  }

  #begin({ Arn = '', Granularity = 'SERVICE_LEVEL' }: Readonly<Record<string, string>>): string {
    const id = `job-${this.#jobs.size}`;
    this.#jobs.set(id, { role: roleOf(Arn), granularity: Granularity, polled: 0 });
    return id;
  }

  #report(input: Readonly<Record<string, string>>): string | null {
    const job = this.jobOf(input);
    if (job === undefined) return null;
    const status = (word: string): string => tag('JobStatus', word) + tag('JobType', job.granularity);
    job.polled += 1;
    if (job.polled === 1) return status('IN_PROGRESS') + tag('IsTruncated', false);
    const services = servicesOf(job.role, job.granularity === 'ACTION_LEVEL', this.#size);
    return status('COMPLETED') + page('ServicesLastAccessed', services, 100, input['Marker']);
  }
}

/** Starts the account on a free port of this machine; `onCall` is told of each call before it is answered. */
export async function startAnswerServer(
  size: AccountSize,
  onCall: (call: ServedCall, number: number) => void = () => {},
): Promise<AnswerServer> {
  const calls: ServedCall[] = [];
  const answers = new Answers(size);
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const body = await text(req);
    const send = (status: number, type: string, content: string): void =>
      void res.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'here' }).end(content);
    const query = req.headers['content-type']?.includes('form') === true;
    const input = query ? Object.fromEntries(new URLSearchParams(body)) : {};
    const operation = input['Action'] ?? String(req.headers['x-amz-target'] ?? `${req.method} ${req.url}`);
    const inner = query ? answers.of(operation, input) : null;
    const job = answers.jobOf(input);
    const role = input['Arn'] === undefined ? (job?.role ?? null) : roleOf(input['Arn']);
    calls.push({ operation, input, role, inProgress: job?.polled === 1 });
    onCall(calls.at(-1) as ServedCall, calls.length);
    if (req.url === '/listRegions') return send(200, 'application/json', JSON.stringify(regions));
    if (!query) return send(400, 'application/x-amz-json-1.1', refusalOf(operation));
    if (inner === null) return send(403, 'text/xml', refused);
    send(200, 'text/xml', tag(`${operation}Response`, tag(`${operation}Result`, inner)));
  };
  const server = createServer((req, res) => void answer(req, res));
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { port: (server.address() as AddressInfo).port, calls, close };
}

const regions = { Regions: [{ RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' }] };
const refused = tag(
  'ErrorResponse',
  tag('Error', tag('Type', 'Sender') + tag('Code', 'AccessDenied') + tag('Message', 'not answered here')),
);
const refusalOf = (target: string): string =>
  JSON.stringify({
    __type: target.startsWith('AWSOrganizations') ? 'AWSOrganizationsNotInUseException' : 'AccessDeniedException',
    message: 'not answered here',
  });
