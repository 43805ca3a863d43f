import { randomUUID } from 'node:crypto';
import type { Call } from './call.ts';
import type { CannedAnswer } from './canned.ts';

// Answers of calls that no emulator has, in AWS's own wire formats (API references of IAM, Account Management and CloudTrail).

const iam = (operation: string, inner: string): string =>
  `<${operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${operation}Result>${inner}</${operation}Result>` +
  `<ResponseMetadata><RequestId>front</RequestId></ResponseMetadata></${operation}Response>`;

const tags = (fields: Readonly<Record<string, string | null>>): string =>
  Object.entries(fields)
    .map(([name, value]) => (value === null ? '' : `<${name}>${value}</${name}>`))
    .join('');

/** One item a page, as AWS pages: `Marker` names where to go on. */
function page<Item>(
  items: readonly Item[],
  { input }: Call,
): { readonly item: Item | undefined; readonly rest: string } {
  const at = Number(input['Marker'] ?? 0);
  const more = at + 1 < items.length;
  return { item: items[at], rest: tags({ IsTruncated: String(more), Marker: more ? String(at + 1) : null }) };
}

export interface AiCredential {
  readonly user: string;
  readonly service: string;
  readonly status: string;
  readonly created: string;
  readonly expires: string | null;
}

/** ListServiceSpecificCredentials: of all users by service, or of one user. */
export function serviceCredentials(account: string, all: readonly AiCredential[]): CannedAnswer {
  const operation = 'ListServiceSpecificCredentials';
  const member = (it: AiCredential): string =>
    `<member>${tags({
      UserName: it.user,
      Status: it.status,
      ServiceCredentialAlias: `${it.user}-at-${account}`,
      CreateDate: it.created,
      ExpirationDate: it.expires,
      ServiceSpecificCredentialId: `ACCA${account}${all.indexOf(it)}`,
      ServiceName: it.service,
    })}</member>`;
  return {
    operation,
    account,
    body(call) {
      const { UserName, ServiceName } = call.input;
      const asked = all.filter(
        ({ user, service }) =>
          [undefined, user].includes(UserName as string) && [undefined, service].includes(ServiceName as string),
      );
      const { item, rest } = page(asked, call);
      const list = item === undefined ? '' : member(item);
      return iam(operation, `<ServiceSpecificCredentials>${list}</ServiceSpecificCredentials>${rest}`);
    },
  };
}

/** A service of a last-accessed report; `actions`: those that AWS tracks, with their dates. */
export interface Accessed {
  readonly service: string;
  readonly at: string | null;
  readonly actions?: Readonly<Record<string, string | null>>;
}

const untouched: readonly Accessed[] = [{ service: 's3', at: null }];

interface Job {
  readonly arn: string;
  readonly accessKey: string;
  readonly granularity: string;
  polled: number;
}

/**
 * GenerateServiceLastAccessedDetails and GetServiceLastAccessedDetails: in progress at the first poll, then one service a page. Reports by
 * name of user or role; of the others: nothing was used. Only the session that asked for a report may read it.
 */
export function lastAccessed(account: string, reports: Readonly<Record<string, readonly Accessed[]>>): CannedAnswer[] {
  const [generate, get] = ['GenerateServiceLastAccessedDetails', 'GetServiceLastAccessedDetails'];
  const jobs = new Map<string, Job>();
  const servicesOf = (arn: string): readonly Accessed[] => reports[arn.slice(arn.lastIndexOf('/') + 1)] ?? untouched;
  return [
    {
      operation: generate,
      account,
      body({ input, accessKey }) {
        const id = randomUUID();
        const granularity = String(input['Granularity'] ?? 'SERVICE_LEVEL');
        jobs.set(id, { arn: String(input['Arn']), accessKey, granularity, polled: 0 });
        return iam(generate, tags({ JobId: id }));
      },
    },
    {
      operation: get,
      account,
      body(call) {
        const job = jobs.get(String(call.input['JobId']));
        if (job === undefined || job.accessKey !== call.accessKey) throw new Error('no such job in this session');
        job.polled += 1;
        if (job.polled === 1)
          return iam(get, tags({ JobStatus: 'IN_PROGRESS', JobCreationDate: new Date().toISOString() }));
        const { item, rest } = page(servicesOf(job.arn), call);
        const list = item === undefined ? '' : accessed(item, job.granularity);
        const status = tags({ JobStatus: 'COMPLETED', JobType: job.granularity });
        return iam(get, `${status}<ServicesLastAccessed>${list}</ServicesLastAccessed>${rest}`);
      },
    },
  ];
}

function accessed({ service, at, actions = {} }: Accessed, granularity: string): string {
  const told = granularity === 'ACTION_LEVEL' ? Object.entries(actions) : [];
  const tracked = told.map(
    ([ActionName, LastAccessedTime]) => `<member>${tags({ ActionName, LastAccessedTime })}</member>`,
  );
  const own = tags({ ServiceName: service, ServiceNamespace: service, LastAuthenticated: at });
  return `<member>${own}<TrackedActionsLastAccessed>${tracked.join('')}</TrackedActionsLastAccessed></member>`;
}

/** account:ListRegions, as far as the Regions are enabled. Those that need no opt-in are enabled by default. */
export const enabledRegions = (
  account: string,
  names: readonly string[],
  optedInto: readonly string[] = [],
): CannedAnswer => ({
  operation: 'ListRegions',
  account,
  body: JSON.stringify({
    Regions: [...names, ...optedInto].map((RegionName) => ({
      RegionName,
      RegionOptStatus: optedInto.includes(RegionName) ? 'ENABLED' : 'ENABLED_BY_DEFAULT',
    })),
  }),
});

/** ListEventDataStores and GetEventDataStore: one store in one Region of an account, none elsewhere. */
export function eventDataStore(account: string, region: string, resourceType: string): CannedAnswer[] {
  const EventDataStoreArn = `arn:aws:cloudtrail:${region}:${account}:eventdatastore/00000000-0000-4000-8000-000000000001`;
  const FieldSelectors = [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: [resourceType] },
  ];
  const store = {
    EventDataStoreArn,
    Name: 'lake',
    Status: 'ENABLED',
    MultiRegionEnabled: false,
    OrganizationEnabled: false,
  };
  return [
    {
      operation: 'ListEventDataStores',
      account,
      body: (call) =>
        JSON.stringify({ EventDataStores: call.region === region ? [{ EventDataStoreArn, Name: 'lake' }] : [] }),
    },
    {
      operation: 'GetEventDataStore',
      account,
      body: JSON.stringify({ ...store, AdvancedEventSelectors: [{ FieldSelectors }] }),
    },
  ];
}

export const noEventDataStores: CannedAnswer = { operation: 'ListEventDataStores', body: '{"EventDataStores":[]}' };

/** Calls that moto does not know and that have nothing to tell here: each account answers so. */
export const nothingElse: readonly CannedAnswer[] = [
  {
    operation: 'GetOutboundWebIdentityFederationInfo',
    body: iam('GetOutboundWebIdentityFederationInfo', tags({ JwtVendingEnabled: 'false' })),
  },
  {
    operation: 'ListOrganizationsFeatures',
    body: iam(
      'ListOrganizationsFeatures',
      '<EnabledFeatures><member>RootCredentialsManagement</member></EnabledFeatures>',
    ),
  },
  { operation: 'GetEventConfiguration', body: '{}' },
  { operation: 'ListAnalyzers', body: '{"analyzers":[]}' },
  { operation: 'ListEnforcedGuardrailsConfiguration', body: '{"guardrailsConfig":[]}' },
  { operation: 'ListResources', body: '{"ResourceDescriptions":[]}' },
  { operation: 'LookupEvents', body: '{"Events":[]}' },
];
