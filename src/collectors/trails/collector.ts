import { z } from 'zod';
import type { LoggingFacts, TrailFact, TrailStatus } from '../../domain/facts.ts';
import { accountOfArn, isRegion, type Region } from '../../domain/ids.ts';
import { isoDate } from '../../domain/iso-date.ts';
import type { Reading } from '../../domain/reading.ts';
import { type Collecting, defineCollector, oneAnswer, reading } from '../define.ts';
import { isGone } from '../lists.ts';
import { EventSelectorsAnswer, eventSelectorsOf } from '../selectors.ts';

const Trails = z.object({
  trailList: z.array(
    z.object({
      TrailARN: z.string(),
      HomeRegion: z.string().optional(),
      IsMultiRegionTrail: z.boolean().optional(),
      IsOrganizationTrail: z.boolean().optional(),
      IncludeGlobalServiceEvents: z.boolean().optional(),
      LogFileValidationEnabled: z.boolean().optional(),
      KmsKeyId: z.string().optional(),
      CloudWatchLogsLogGroupArn: z.string().optional(),
      S3BucketName: z.string().optional(),
    }),
  ),
});
const Status = z.object({
  IsLogging: z.boolean(),
  LatestDeliveryError: z.string().nullish(),
  LatestDeliveryTime: z.string().nullish(),
  StartLoggingTime: z.string().optional(),
  StopLoggingTime: z.string().nullish(),
});
type Described = NonNullable<z.infer<typeof Trails>['trailList']>[number];

/** Where to look, and the organisation trails whose details were read in the management account: a member may not read their selectors. */
export interface TrailNeeds {
  readonly regions: readonly Region[];
  readonly readElsewhere: ReadonlySet<string>;
}

/** Trails as each Region shows them (replicas and the organisation's included), with status and selectors, asked once per trail. */
export const trails = defineCollector<LoggingFacts['trails'], TrailNeeds>({
  id: 'trails',
  operations: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'],
  async collect(aws, { regions, readElsewhere }) {
    const asked = new Map<string, Promise<TrailFact | null>>(); // a trail shows up in every Region; its details are read once
    const found: Record<string, Reading<readonly TrailFact[]>> = {};
    for (const region of regions) {
      const described = await reading(region, 'cloudtrail:DescribeTrails', () =>
        oneAnswer(aws.in(region), 'cloudtrail:DescribeTrails', {}, Trails),
      );
      if (described.kind === 'unknown') {
        found[region] = described;
        continue;
      }
      const facts: TrailFact[] = [];
      for (const trail of described.value.trailList) {
        if (readElsewhere.has(trail.TrailARN)) continue;
        const fact = asked.get(trail.TrailARN) ?? describe(aws, trail, region);
        asked.set(trail.TrailARN, fact);
        const described = await fact;
        if (described !== null) facts.push(described);
      }
      found[region] = { ...described, value: facts };
    }
    return found;
  },
});

/** What CloudTrail answers about a trail that is not there, and to an account that is not its owner. */
const gone = ['TrailNotFoundException'];

/** A trail with its details; null where it was deleted meanwhile. */
async function describe(aws: Collecting, trail: Described, seenIn: Region): Promise<TrailFact | null> {
  const home = trail.HomeRegion !== undefined && isRegion(trail.HomeRegion) ? (trail.HomeRegion as Region) : seenIn;
  const arn = trail.TrailARN;
  const fact: TrailFact = {
    arn,
    home,
    multiRegion: trail.IsMultiRegionTrail ?? false,
    organization: trail.IsOrganizationTrail ?? false,
    globalEvents: trail.IncludeGlobalServiceEvents ?? true,
    settings: {
      validated: trail.LogFileValidationEnabled ?? null,
      kmsKey: trail.KmsKeyId || null,
      logGroup: trail.CloudWatchLogsLogGroupArn || null,
      bucket: trail.S3BucketName || null,
    },
    status: await reading(home, 'cloudtrail:GetTrailStatus', async () => {
      const { value, at } = await oneAnswer(aws.in(home), 'cloudtrail:GetTrailStatus', { Name: arn }, Status);
      return { value: statusOf(value), at };
    }),
    selectors: await reading(home, 'cloudtrail:GetEventSelectors', async () => {
      const { value, at } = await oneAnswer(
        aws.in(home),
        'cloudtrail:GetEventSelectors',
        { TrailName: arn },
        EventSelectorsAnswer,
      );
      return { value: eventSelectorsOf(value), at };
    }),
  };
  const deleted = accountOfArn(arn) === aws.owner && [fact.status, fact.selectors].some((it) => isGone(it, gone));
  return deleted ? null : fact;
}

const statusOf = (status: z.infer<typeof Status>): TrailStatus => ({
  logging: status.IsLogging,
  deliveryError: status.LatestDeliveryError || null, // AWS says nothing, or an empty text
  lastDelivery: isoDate(status.LatestDeliveryTime),
  started: isoDate(status.StartLoggingTime),
  stopped: isoDate(status.StopLoggingTime),
});
