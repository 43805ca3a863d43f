// Generated from the folder by scripts/generate.ts. Do not edit.
export { agentConfusedDeputyRate } from './agent.confused-deputy-rate/metric.ts';
export { agentTakeoverRate } from './agent.takeover-rate/metric.ts';
export { completenessAccounts } from './completeness.accounts/metric.ts';
export { completenessIdentities } from './completeness.identities/metric.ts';
export { credentialAiKeyCallerRate } from './credential.ai-key-caller-rate/metric.ts';
export { credentialAiKeyMakerRate } from './credential.ai-key-maker-rate/metric.ts';
export { credentialAiKeyUserRate } from './credential.ai-key-user-rate/metric.ts';
export { credentialStaleUserRate } from './credential.stale-user-rate/metric.ts';
export { identityUnusedRate } from './identity.unused-rate/metric.ts';
export { loggingAiDataEventCoverage } from './logging.ai-data-event-coverage/metric.ts';
export { loggingAiMonitoredRate } from './logging.ai-monitored-rate/metric.ts';
export { loggingManagementCoverage } from './logging.management-coverage/metric.ts';
export { permissionUnusedSensitiveIdentityRate } from './permission.unused-sensitive-identity-rate/metric.ts';
export { permissionUnusedSensitivePairRate } from './permission.unused-sensitive-pair-rate/metric.ts';
