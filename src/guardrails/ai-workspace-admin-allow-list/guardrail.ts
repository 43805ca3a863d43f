import { defineGuardrail, probe } from '../define.ts';

/** Actions of the whole account: a workspace ARN never matches them, so they need a statement on `*` (domain facts C.3). */
const accountScoped = ['CreateWorkspace', 'AssumeConsole', 'RegisterKey', 'UpdateKey', 'DisableKey'].map(
  (action) => `aws-external-anthropic:${action}`,
);

export const aiWorkspaceAdminAllowList = defineGuardrail({
  id: 'ai-workspace-admin-allow-list',
  version: 1,
  title: 'Only principals on an explicit allow-list can create Claude workspaces, enter the console or manage keys',
  probes: () => accountScoped.map((action) => probe(action, '*')),
  spares: { who: 'users-of-it' },
  closings: () => [{ sid: 'ClaudeAdministrationForListed', actions: accountScoped }],
});
