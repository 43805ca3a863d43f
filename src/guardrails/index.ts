// Generated from the folder by scripts/generate.ts. Do not edit.
export { aiKeyMaxAge } from './ai-key-max-age/guardrail.ts';
export { aiWorkspaceAdminAllowList } from './ai-workspace-admin-allow-list/guardrail.ts';
export { aiWorkspaceDataAllowList } from './ai-workspace-data-allow-list/guardrail.ts';
export { invocationLogProtection } from './invocation-log-protection/guardrail.ts';
export { noAiKeyCreation } from './no-ai-key-creation/guardrail.ts';
export { noAiPolicyAttach } from './no-ai-policy-attach/guardrail.ts';
export { noLongTermAiKeyUse } from './no-long-term-ai-key-use/guardrail.ts';
export { noPhantomUsers } from './no-phantom-users/guardrail.ts';
export { outboundFederationFence } from './outbound-federation-fence/guardrail.ts';
export { trailProtection } from './trail-protection/guardrail.ts';
