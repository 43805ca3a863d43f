import { actionsOf } from '../../catalogue/actions.ts';
import { defineGuardrail, probe } from '../define.ts';

const service = 'aws-external-anthropic';
/** Every action that names a workspace (Service Authorization Reference). */
const onWorkspaces = actionsOf(service).filter(({ resources }) => resources.some(({ type }) => type === 'workspace'));

export const aiWorkspaceDataAllowList = defineGuardrail({
  id: 'ai-workspace-data-allow-list',
  version: 1,
  title: 'Only principals on an explicit allow-list can use a Claude workspace',
  practice: 'workspace-allow-list',
  probes: ({ account }) => onWorkspaces.map(({ name }) => probe(name, `arn:aws:${service}:*:${account}:workspace/*`)),
  spares: { who: 'users-of-it' },
  closings: () => [
    {
      sid: 'ClaudeWorkspacesForListed',
      actions: onWorkspaces.map(({ name }) => name),
      all: `${service}:*`,
      resource: `arn:aws:${service}:*:*:workspace/*`,
    },
  ],
});
