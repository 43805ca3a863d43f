// Generated from the folder by scripts/generate.ts. Do not edit.
export { accountAccess } from './account-access/collector.ts';
export { authorizationDetails } from './authorization-details/collector.ts';
export { credentialReport } from './credential-report/collector.ts';
export { enabledRegions } from './enabled-regions/collector.ts';
export { eventDataStores } from './event-data-stores/collector.ts';
export { lastAccessed } from './last-accessed/collector.ts';
export { organization } from './organization/collector.ts';
export { serviceSpecificCredentials } from './service-specific-credentials/collector.ts';
export { trails } from './trails/collector.ts';
