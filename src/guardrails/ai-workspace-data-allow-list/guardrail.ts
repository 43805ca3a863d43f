import { actionsOf } from '../../catalogue/actions.ts';
import { arnIn } from '../../domain/partition.ts';
import { defineGuardrail, probe } from '../define.ts';

const service = 'aws-external-anthropic';
/** Every action that names a workspace (Service Authorization Reference). */
const onWorkspaces = actionsOf(service).filter(({ resources }) => resources.some(({ type }) => type === 'workspace'));

export const aiWorkspaceDataAllowList = defineGuardrail({
  id: 'ai-workspace-data-allow-list',
  version: 1,
  title: 'Only principals on an explicit allow-list can use a Claude workspace',
  probes: ({ account, partition }) =>
    onWorkspaces.map(({ name }) => probe(name, arnIn(partition, `${service}:*:${account}:workspace/*`))),
  spares: { who: 'users-of-it' },
  closings: ({ partition }) => [
    {
      sid: 'ClaudeWorkspacesForListed',
      actions: onWorkspaces.map(({ name }) => name),
      all: `${service}:*`,
      resource: arnIn(partition, `${service}:*:*:workspace/*`),
    },
  ],
});
