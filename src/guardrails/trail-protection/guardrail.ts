import { defineGuardrail, probe } from '../define.ts';

/** Changes that blind a trail or an event data store (domain facts C.2 no. 16 and C.3), by what they are made on. */
const onBoth = ['PutInsightSelectors', 'PutEventConfiguration', 'RemoveTags'];
const onTrails = ['CreateTrail', 'DeleteTrail', 'PutEventSelectors', 'StopLogging', 'UpdateTrail', ...onBoth];
const onStores = ['DeleteEventDataStore', 'UpdateEventDataStore', 'StopEventDataStoreIngestion', ...onBoth];
const onAccount = ['DeregisterOrganizationDelegatedAdmin'];

export const trailProtection = defineGuardrail({
  id: 'trail-protection',
  version: 1,
  title: 'Nobody can stop, change or delete a trail or an event data store',
  practice: 'logging',
  probes: ({ account }) => [
    ...onTrails.map((action) => probe(`cloudtrail:${action}`, `arn:aws:cloudtrail:*:${account}:trail/*`)),
    ...onStores.map((action) => probe(`cloudtrail:${action}`, `arn:aws:cloudtrail:*:${account}:eventdatastore/*`)),
    ...onAccount.map((action) => probe(`cloudtrail:${action}`, '*')),
  ],
});
