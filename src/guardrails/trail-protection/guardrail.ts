import { arnIn } from '../../domain/partition.ts';
import { defineGuardrail, probe } from '../define.ts';

/** Changes that blind a trail or an event data store (domain facts C.2 no. 16 and C.3), by what they are made on. */
const onBoth = ['PutInsightSelectors', 'PutEventConfiguration', 'RemoveTags'];
const onTrails = ['CreateTrail', 'DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail', ...onBoth];
const onStores = ['DeleteEventDataStore', 'UpdateEventDataStore', 'StopEventDataStoreIngestion', ...onBoth];
const onAccount = ['DeregisterOrganizationDelegatedAdmin'];

const named = (actions: readonly string[]): string[] => actions.map((action) => `cloudtrail:${action}`);

export const trailProtection = defineGuardrail({
  id: 'trail-protection',
  version: 1,
  title: 'Nobody can stop, change or delete a trail or an event data store',
  probes: ({ account, partition }) => [
    ...named(onTrails).map((action) => probe(action, arnIn(partition, `cloudtrail:*:${account}:trail/*`))),
    ...named(onStores).map((action) => probe(action, arnIn(partition, `cloudtrail:*:${account}:eventdatastore/*`))),
    ...named(onAccount).map((action) => probe(action, '*')),
  ],
  spares: { who: 'users-of-it' },
  closings: ({ partition }) => [
    { sid: 'KeepTrails', actions: named(onTrails), resource: arnIn(partition, 'cloudtrail:*:*:trail/*') },
    {
      sid: 'KeepEventDataStores',
      actions: named(onStores),
      resource: arnIn(partition, 'cloudtrail:*:*:eventdatastore/*'),
    },
    { sid: 'KeepLogDelegation', actions: named(onAccount) },
  ],
});
