import { z } from 'zod';
import type { ByRegion, RecordedWorkspace } from '../../domain/account-settings.ts';
import type { AccountId, Region } from '../../domain/ids.ts';
import { isoDate } from '../../domain/iso-date.ts';
import { jsonOf } from '../../domain/json.ts';
import { workspaceNamed } from '../../domain/workspace-name.ts';
import { defineCollector, pagesUpTo } from '../define.ts';
import { inEach, type Regions } from '../lists.ts';

const operation = 'cloudtrail:LookupEvents';
const ofClaudePlatform = {
  LookupAttributes: [{ AttributeKey: 'EventSource' as const, AttributeValue: 'aws-external-anthropic.amazonaws.com' }],
};
/** 50 events a page at two calls a second: the newest 1,000 of a Region in ten seconds, however many an agent's vault reads make. */
const mostPages = 20;

const Page = z.object({
  Events: z.array(
    z.object({
      EventName: z.string().optional(),
      EventTime: z.string().optional(),
      Resources: z.array(z.object({ ResourceName: z.string().optional() })).optional(),
      CloudTrailEvent: z.string().optional(),
    }),
  ),
});
type LookedUp = z.infer<typeof Page>['Events'][number];

/** The parts of a record that may name a workspace; of those that the caller writes freely, none. */
const Record = z.object({
  errorCode: z.string().optional(),
  resources: z.unknown().optional(),
  requestParameters: z.unknown().optional(),
  responseElements: z.unknown().optional(),
});

/**
 * Workspaces that recorded events name, Region by Region: what shows one where Cloud Control does not list the type. Event history keeps
 * management events of 90 days and never data events (CloudTrail User Guide, "Working with CloudTrail event history"). AWS publishes no
 * example of such a record, so a workspace is known by the form of its ARN or id (domain facts A.1) in the resources, the parameters and the
 * response of a call that went through; a call that was refused may name what does not exist.
 */
export const workspaceEvents = defineCollector<ByRegion<readonly RecordedWorkspace[]>, Regions>({
  id: 'workspace-events',
  operations: [operation],
  async collect(aws, { regions }) {
    return inEach(aws, regions, operation, async (reader, region) => {
      const { value, at } = await pagesUpTo(mostPages, reader, operation, ofClaudePlatform, Page);
      const events = value.flatMap((page) => page.Events);
      return { value: workspacesIn(events, region, aws.owner as AccountId), at };
    });
  },
});

function workspacesIn(events: readonly LookedUp[], asked: Region, account: AccountId): RecordedWorkspace[] {
  const found = new Map<string, RecordedWorkspace>();
  for (const event of events) {
    const last = isoDate(event.EventTime);
    const archived = event.EventName === 'ArchiveWorkspace';
    for (const { id, partition, region, owner } of textsOf(event).flatMap((text) => workspaceNamed(text) ?? [])) {
      if (owner !== null && owner !== account) continue;
      const there = found.get(id);
      found.set(id, {
        id,
        partition: there?.partition ?? partition,
        region: region ?? there?.region ?? asked,
        last: newer(there?.last ?? null, last),
        archived: archived || (there?.archived ?? false),
      });
    }
  }
  return [...found.values()];
}

/** ISO dates in UTC compare as texts. */
const newer = (a: string | null, b: string | null): string | null => (a !== null && (b === null || a > b) ? a : b);

/** Every text of an event that may name a workspace; none of a call that AWS refused, or of which nobody can say whether it did. */
function textsOf({ Resources = [], CloudTrailEvent }: LookedUp): string[] {
  const record = Record.safeParse(jsonOf(CloudTrailEvent ?? ''));
  if (!record.success || record.data.errorCode !== undefined) return [];
  const { resources, requestParameters, responseElements } = record.data;
  return [Resources, resources, requestParameters, responseElements].flatMap(leavesOf);
}

const leavesOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(leavesOf);
};
