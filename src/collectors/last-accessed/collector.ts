import { z } from 'zod';
import { gapOf, noneInSnapshot } from '../../catalogue/errors.ts';
import { operations } from '../../catalogue/operations.ts';
import type { Granularity, LastAccessed, LastAccessedReport } from '../../domain/facts.ts';
import { Refusal } from '../../domain/gap.ts';
import { type Reading, unknown } from '../../domain/reading.ts';
import type { AwsReader } from '../../ports/aws-reader.ts';
import { type Collecting, defineCollector, everyPage, oneAnswer, reading } from '../define.ts';
import type { Read } from '../lists.ts';
import { type Details, detailsPage, type Sharing, servicesIn, sharing } from './services.ts';

const generate = 'iam:GenerateServiceLastAccessedDetails';
const get = 'iam:GetServiceLastAccessedDetails';
const Started = z.object({ JobId: z.string() });
const atOnce = 25;
const polls = 30;
const secondsBetween = 2;

/** One user or role to ask about, and how closely. */
export interface LastAccessedAsk {
  readonly arn: string;
  readonly granularity: Granularity;
}

/** A report that AWS is making. Only the session that started it may read it, so both happen here (domain facts E.1). */
interface Job extends LastAccessedAsk {
  readonly id: string;
}

/** Service-last-accessed reports, each identity's a reading of its own. Some are started, then polled until AWS has made them, then the next. */
export const lastAccessed = defineCollector<LastAccessed, readonly LastAccessedAsk[]>({
  id: 'last-accessed',
  operations: [generate, get],
  async collect(aws, asks) {
    const found = byArn();
    const shared = sharing();
    for (let first = 0; first < asks.length; first += atOnce) {
      const { jobs, none } = await start(aws.in('global'), asks.slice(first, first + atOnce), found);
      if (none !== null) return everyone(asks, none);
      await pollAll(aws, jobs, shared, found);
    }
    return found;
  },
});

type Found = Record<string, Reading<LastAccessedReport>>;
type Unread = Extract<Reading<never>, { kind: 'unknown' }>;

/** A record without inherited names. */
const byArn = (): Found => Object.create(null);

function everyone(asks: readonly LastAccessedAsk[], why: Unread): Found {
  const found = byArn();
  for (const { arn } of asks) found[arn] = why;
  return found;
}

/** Starts the reports; a refusal is that identity's reading. `none`: the snapshot answers no such call, so that asking on is idle. */
async function start(
  reader: AwsReader,
  asks: readonly LastAccessedAsk[],
  found: Found,
): Promise<{ readonly jobs: Job[]; readonly none: Unread | null }> {
  const jobs: Job[] = [];
  for (const ask of asks) {
    let none = false;
    const started = await reading('global', generate, async () => {
      try {
        return await begin(reader, ask.arn, waysOf(ask));
      } catch (error) {
        none = error instanceof Refusal && error.error?.name === noneInSnapshot;
        throw error;
      }
    });
    if (started.kind === 'known') jobs.push(started.value);
    else if (none) return { jobs, none: started };
    else found[ask.arn] = started;
  }
  return { jobs, none: null };
}

/**
 * Starts one report. A snapshot may hold one that was asked for another way: a closer one tells all that was wanted, a coarser one some of
 * it, and AWS takes a call without a word of it for one about services. Of AWS itself only the first way is ever asked.
 */
async function begin(reader: AwsReader, arn: string, ways: readonly (Granularity | undefined)[]): Promise<Read<Job>> {
  const [way, ...others] = ways;
  try {
    const input = { Arn: arn, ...(way === undefined ? {} : { Granularity: way }) };
    const { value, at } = await oneAnswer(reader, generate, input, Started);
    return { value: { arn, granularity: way ?? 'SERVICE_LEVEL', id: value.JobId }, at };
  } catch (error) {
    if (others.length === 0 || !isNotHere(error)) throw error;
    return begin(reader, arn, others);
  }
}

const waysOf = ({ granularity }: LastAccessedAsk): (Granularity | undefined)[] => [
  granularity,
  granularity === 'ACTION_LEVEL' ? 'SERVICE_LEVEL' : 'ACTION_LEVEL',
  undefined,
];

/** The snapshot answers such calls, and not this one. */
const isNotHere = (error: unknown): boolean =>
  error instanceof Refusal && error.gap.code === 'NOT_IN_SNAPSHOT' && error.error?.name !== noneInSnapshot;

/** Asks for each report until none is in progress; what is not there after the last poll has timed out. */
async function pollAll(aws: Collecting, jobs: readonly Job[], shared: Sharing, found: Found): Promise<void> {
  let pending = jobs;
  for (let poll = 1; pending.length > 0; poll++) {
    const still: Job[] = [];
    for (const job of pending) {
      const report = await reading('global', get, () => readReport(aws.in('global'), job, shared));
      if (report.kind === 'unknown') found[job.arn] = report;
      else if (report.value !== null) found[job.arn] = { ...report, value: report.value };
      else if (poll < polls) still.push(job);
      else
        found[job.arn] = unknown(
          { code: 'TIMED_OUT', action: operations[get].action },
          { region: 'global', operation: get },
        );
    }
    pending = still;
    if (pending.length > 0) await aws.pause(secondsBetween);
  }
}

/** The whole report, null while AWS is making it. */
async function readReport(
  reader: AwsReader,
  { id, granularity }: Job,
  shared: Sharing,
): Promise<{ readonly value: LastAccessedReport | null; readonly at: string | null }> {
  const { value: pages, at, source } = await everyPage(reader, get, { JobId: id }, detailsPage);
  const odd = pages.find(({ JobStatus }) => JobStatus !== 'COMPLETED');
  if (odd?.JobStatus === 'IN_PROGRESS') return { value: null, at };
  if (odd !== undefined) throw failure(odd);
  const services = pages.flatMap((page) => servicesIn(page, source, shared));
  return { value: { granularity: pages[0]?.JobType ?? granularity, services }, at };
}

/** AWS says why it could not make the report by an error code of its own. */
function failure({ JobStatus, Error: error }: Details): Refusal {
  const { Code: name = 'no reason', Message: message = '' } = error ?? {};
  const gap = gapOf(get, { name, message });
  return new Refusal(gap.code === 'UNEXPECTED' ? { ...gap, name: `${JobStatus} (${name})` } : gap);
}
