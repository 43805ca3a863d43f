import { z } from 'zod';
import type { EventDataStoreFact, LoggingFacts } from '../../domain/facts.ts';
import type { Region } from '../../domain/ids.ts';
import type { Reading } from '../../domain/reading.ts';
import type { AwsReader } from '../../ports/aws-reader.ts';
import { defineCollector, everyPage, oneAnswer, reading } from '../define.ts';
import { orNone, type Read } from '../lists.ts';
import { advancedSelectors, selectorsOf } from '../selectors.ts';

const List = z.object({ EventDataStores: z.array(z.object({ EventDataStoreArn: z.string() })) });
const Store = z.object({
  Status: z.string(),
  AdvancedEventSelectors: advancedSelectors,
  MultiRegionEnabled: z.boolean().optional(),
  OrganizationEnabled: z.boolean().optional(),
});

/** CloudTrail Lake event data stores with their selectors. Optional since Lake closed to new customers (domain facts E.8). */
export const eventDataStores = defineCollector<LoggingFacts['stores'], { readonly regions: readonly Region[] }>({
  id: 'event-data-stores',
  operations: ['cloudtrail:ListEventDataStores', 'cloudtrail:GetEventDataStore'],
  async collect(aws, { regions }) {
    const found: Record<string, Reading<readonly EventDataStoreFact[]>> = {};
    for (const region of regions) found[region] = await storesIn(aws.in(region), region);
    return found;
  },
});

async function storesIn(reader: AwsReader, region: Region): Promise<Reading<readonly EventDataStoreFact[]>> {
  const list = await reading(region, 'cloudtrail:ListEventDataStores', () =>
    everyPage(reader, 'cloudtrail:ListEventDataStores', {}, List),
  );
  if (list.kind === 'unknown') return list;
  const arns = list.value.flatMap((page) => page.EventDataStores).map(({ EventDataStoreArn }) => EventDataStoreArn);
  return reading(region, 'cloudtrail:GetEventDataStore', async () => {
    const stores: EventDataStoreFact[] = [];
    for (const arn of arns) {
      const { value } = await orNone(gone, null, () => describe(reader, arn, region));
      if (value !== null) stores.push(value);
    }
    return { value: stores, at: list.at };
  });
}

/** The store was deleted since the list was read. */
const gone = ['EventDataStoreNotFoundException'];

async function describe(reader: AwsReader, arn: string, home: Region): Promise<Read<EventDataStoreFact>> {
  const { value, at } = await oneAnswer(reader, 'cloudtrail:GetEventDataStore', { EventDataStore: arn }, Store);
  const store = {
    arn,
    home,
    multiRegion: value.MultiRegionEnabled ?? false,
    organization: value.OrganizationEnabled ?? false,
    status: value.Status,
    selectors: selectorsOf(value.AdvancedEventSelectors),
  };
  return { value: store, at };
}
