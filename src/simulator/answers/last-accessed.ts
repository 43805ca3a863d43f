import { createHash } from 'node:crypto';
import type { ServiceLastAccessed, TrackedActionLastAccessed } from '@aws-sdk/client-iam';
import type { Json } from '../../ports/aws-calls.ts';
import { type AccessLine, accessedBy } from '../accessed.ts';
import type { SimulatedAccount, SimulatedRole, SimulatedUser } from '../organization.ts';
import { pageOf } from '../page.ts';
import { refuse } from '../refuse.ts';
import type { Answering, LastAccessedJob } from '../scope.ts';
import { arnIn } from './iam-views.ts';

/** How often a report must be asked for until it is there. */
const asksUntilComplete = 2;

const generate: Answering<'iam:GenerateServiceLastAccessedDetails'> = ({ account, memory }, input) => {
  const { Arn: arn = '', Granularity: granularity = 'SERVICE_LEVEL' } = input;
  if (identityWith(account, arn) === undefined)
    throw refuse('iam:GenerateServiceLastAccessedDetails', 'NoSuchEntity', `ARN ${arn} cannot be found.`);
  const id = jobId(`${arn} ${granularity}`);
  memory.jobs.set(id, { account: account.id, arn, granularity, asked: 0 });
  return { JobId: id };
};

const get: Answering<'iam:GetServiceLastAccessedDetails'> = ({ organization, account, memory }, input) => {
  const operation = 'iam:GetServiceLastAccessedDetails';
  const { JobId = '', Marker, MaxItems } = input;
  const job = memory.jobs.get(JobId);
  if (job === undefined || job.account !== account.id)
    throw refuse(operation, 'NoSuchEntity', `Report with job id ${JobId} cannot be found.`);
  memory.jobs.set(JobId, { ...job, asked: job.asked + 1 });
  const { clock } = organization;
  const head = { JobType: job.granularity, JobCreationDate: clock };
  if (job.asked + 1 < asksUntilComplete)
    return {
      ...head,
      JobStatus: 'IN_PROGRESS',
      ServicesLastAccessed: undefined,
      JobCompletionDate: undefined,
      IsTruncated: false,
    };
  const all = reportOf(account, job);
  if (all === 'failed')
    return {
      ...head,
      JobStatus: 'FAILED',
      ServicesLastAccessed: undefined,
      JobCompletionDate: clock,
      IsTruncated: false,
      Error: { Code: 'InternalFailure', Message: 'The report could not be generated.' },
    };
  const { items, next } = pageOf(all, { operation, token: Marker, size: MaxItems, most: 10 });
  return {
    ...head,
    JobStatus: 'COMPLETED',
    JobCompletionDate: clock,
    ServicesLastAccessed: items,
    IsTruncated: next !== undefined,
    ...(next === undefined ? {} : { Marker: next }),
  };
};

/** An id as AWS makes them, here told from a text, so that it never changes. */
const jobId = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

function identityWith(account: SimulatedAccount, arn: string): SimulatedUser | SimulatedRole | undefined {
  return (
    account.users.find(({ name }) => arnIn(account, 'user', '/', name) === arn) ??
    account.roles.find(({ path, name }) => arnIn(account, 'role', path, name) === arn)
  );
}

/** The report in the order of the services' names, as AWS lists them. */
function reportOf(account: SimulatedAccount, job: LastAccessedJob): Json<ServiceLastAccessed>[] | 'failed' {
  const identity = identityWith(account, job.arn);
  const accessed = identity === undefined ? 'failed' : accessedBy(account, identity);
  if (accessed === 'failed') return accessed;
  return accessed.toSorted((a, b) => (a.service.name < b.service.name ? -1 : 1)).map((line) => serviceView(job, line));
}

function serviceView(
  { arn, granularity }: LastAccessedJob,
  { service, tracked, use }: AccessLine,
): Json<ServiceLastAccessed> {
  const actions = granularity === 'ACTION_LEVEL' ? tracked : [];
  return {
    ServiceName: service.name,
    ServiceNamespace: service.namespace,
    ...(use === null
      ? {}
      : { LastAuthenticated: use.at, LastAuthenticatedEntity: arn, LastAuthenticatedRegion: use.region }),
    TotalAuthenticatedEntities: use === null ? 0 : 1,
    ...(actions.length === 0
      ? {}
      : { TrackedActionsLastAccessed: actions.map((action) => actionView(arn, action, use)) }),
  };
}

function actionView(arn: string, ActionName: string, use: AccessLine['use']): Json<TrackedActionLastAccessed> {
  const at = use?.actions[ActionName];
  if (use === null || at === undefined) return { ActionName };
  return { ActionName, LastAccessedEntity: arn, LastAccessedTime: at, LastAccessedRegion: use.region };
}

export const lastAccessedAnswers = {
  'iam:GenerateServiceLastAccessedDetails': generate,
  'iam:GetServiceLastAccessedDetails': get,
};
