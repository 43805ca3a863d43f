import { z } from 'zod';
import type { ByRegion } from '../../domain/account-settings.ts';
import type { EventRule } from '../../domain/forwarding.ts';
import type { Region } from '../../domain/ids.ts';
import { known } from '../../domain/reading.ts';
import type { AwsReader } from '../../ports/aws-reader.ts';
import { defineCollector, everyPage, reading } from '../define.ts';
import { inEach, orNone, type Regions } from '../lists.ts';

const list = 'events:ListRules';
const targets = 'events:ListTargetsByRule';
const Rules = z.object({
  Rules: z.array(z.object({ Name: z.string(), EventPattern: z.string().optional(), State: z.string().optional() })),
});
const Targets = z.object({ Targets: z.array(z.object({ Arn: z.string() })) });
/** The rule was deleted since the list was read. */
const gone = ['ResourceNotFoundException'];

/**
 * EventBridge rules of the default bus, where AWS puts what CloudTrail records (EventBridge user guide, "AWS service events delivered via
 * CloudTrail"), with the targets of those that are on and wait for events.
 */
export const eventRules = defineCollector<ByRegion<readonly EventRule[]>, Regions>({
  id: 'event-rules',
  operations: [list, targets],
  async collect(aws, { regions }) {
    return inEach(aws, regions, list, async (reader, region) => {
      const { value, at } = await everyPage(reader, list, {}, Rules);
      const rules: EventRule[] = [];
      for (const { Name, EventPattern, State } of value.flatMap((page) => page.Rules)) {
        const rule = { name: Name, pattern: EventPattern ?? null, state: State ?? 'ENABLED' };
        const waits = rule.pattern !== null && rule.state !== 'DISABLED';
        rules.push({ ...rule, targets: waits ? await targetsOf(reader, region, Name) : known([], at) });
      }
      return { value: rules, at };
    });
  },
});

const targetsOf = (reader: AwsReader, region: Region, Rule: string): Promise<EventRule['targets']> =>
  reading(region, targets, () =>
    orNone(gone, [], async () => {
      const { value, at } = await everyPage(reader, targets, { Rule }, Targets);
      return { value: value.flatMap((page) => page.Targets).map(({ Arn }) => Arn), at };
    }),
  );
