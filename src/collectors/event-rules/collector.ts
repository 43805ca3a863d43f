import { z } from 'zod';
import type { ByRegion } from '../../domain/account-settings.ts';
import { defaultBus, type EventRule, eventBusOf, type ForwardingFacts } from '../../domain/forwarding.ts';
import type { Region } from '../../domain/ids.ts';
import { itemsOf, known } from '../../domain/reading.ts';
import type { AwsReader } from '../../ports/aws-reader.ts';
import { type Collecting, defineCollector, everyPage, reading } from '../define.ts';
import { inEach, orNone, type Read, type Regions } from '../lists.ts';

const list = 'events:ListRules';
const targets = 'events:ListTargetsByRule';
const Rules = z.object({
  Rules: z.array(z.object({ Name: z.string(), EventPattern: z.string().optional(), State: z.string().optional() })),
});
const Targets = z.object({ Targets: z.array(z.object({ Arn: z.string() })) });
/** The rule, or the bus, was deleted since it was named. */
const gone = ['ResourceNotFoundException'];

/** How the calls name a bus: the default one not at all. */
type OfBus = { readonly EventBusName?: string };

/**
 * EventBridge rules of the default bus, where AWS puts what CloudTrail records (EventBridge user guide, "AWS service events delivered via
 * CloudTrail"), with the targets of those that are on and wait for events; and the rules of the account's buses among these targets. A bus
 * that no rule of a default bus feeds is not asked about: no such event gets there, since none is sent on to a third bus.
 */
export const eventRules = defineCollector<Pick<ForwardingFacts, 'rules' | 'buses'>, Regions>({
  id: 'event-rules',
  operations: [list, targets],
  async collect(aws, { regions }) {
    const rules = await inEach(aws, regions, list, (reader, region) => rulesOf(reader, region, {}));
    return { rules, buses: await busesOf(aws, regions, rules) };
  },
});

async function busesOf(
  aws: Collecting,
  regions: readonly Region[],
  rules: ByRegion<readonly EventRule[]>,
): Promise<ForwardingFacts['buses']> {
  const found: Record<string, ByRegion<readonly EventRule[]>[string]> = {};
  for (const arn of targetsIn(rules)) {
    const bus = eventBusOf(arn);
    if (bus === null || bus.account !== aws.owner || bus.name === defaultBus || !regions.includes(bus.region)) continue;
    const { region, name } = bus;
    found[arn] = await reading(region, list, () =>
      orNone(gone, [], () => rulesOf(aws.in(region), region, { EventBusName: name })),
    );
  }
  return found;
}

/** Every target of a rule that was read, once. */
const targetsIn = (rules: ByRegion<readonly EventRule[]>): ReadonlySet<string> =>
  new Set(
    Object.values(rules)
      .flatMap(itemsOf)
      .flatMap(({ targets }) => itemsOf(targets)),
  );

async function rulesOf(reader: AwsReader, region: Region, bus: OfBus): Promise<Read<EventRule[]>> {
  const { value, at } = await everyPage(reader, list, bus, Rules);
  const rules: EventRule[] = [];
  for (const { Name, EventPattern, State } of value.flatMap((page) => page.Rules)) {
    const rule = { name: Name, pattern: EventPattern ?? null, state: State ?? 'ENABLED' };
    const waits = rule.pattern !== null && rule.state !== 'DISABLED';
    rules.push({ ...rule, targets: waits ? await targetsOf(reader, region, { Rule: Name, ...bus }) : known([], at) });
  }
  return { value: rules, at };
}

const targetsOf = (
  reader: AwsReader,
  region: Region,
  rule: OfBus & { readonly Rule: string },
): Promise<EventRule['targets']> =>
  reading(region, targets, () =>
    orNone(gone, [], async () => {
      const { value, at } = await everyPage(reader, targets, rule, Targets);
      return { value: value.flatMap((page) => page.Targets).map(({ Arn }) => Arn), at };
    }),
  );
