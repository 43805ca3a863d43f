import { agentObjectsOf, takeoverActions } from '../catalogue/agent-objects.ts';
import type { AgentRow, IdentityRow, PairState, PermissionRow, TakeoverRow } from '../domain/tables.ts';
import { ActionSet } from '../iam/action-set.ts';
import { Position } from '../iam/holder.ts';
import { reachOf } from '../iam/reach.ts';
import type { IdentityHolder } from './holders.ts';

const takeover = new Set(takeoverActions);
const passRole = 'iam:PassRole';
const administer = 'aws-external-anthropic:UpdateWorkspace';
/** How many roles that somebody may pass are named. */
const namedAtMost = 20;

/**
 * Who can change what the agents of an account do, and on what they own. Agents of Bedrock and AgentCore are owned by whoever may hand out
 * one of the account's agent roles (any role, where it has none); those of Claude Platform by whoever administers workspaces.
 */
export function judgeTakeovers(
  identities: readonly IdentityRow[],
  permissions: { readonly rows: readonly PermissionRow[]; readonly holders: ReadonlyMap<string, IdentityHolder> },
  agents: readonly AgentRow[],
): TakeoverRow[] {
  const byArn = Map.groupBy(permissions.rows, ({ arn }) => arn);
  return identities.flatMap(({ arn, account, name, kind, agent }): TakeoverRow[] => {
    const held = (byArn.get(arn) ?? []).filter(({ effective }) => effective !== 'denied');
    const own = held
      .map((row) => ({ ...row, actions: row.actions.filter((action) => takeover.has(action)) }))
      .filter(({ actions }) => actions.length > 0);
    if (own.length === 0) return [];
    const actions = own.flatMap((row) => row.actions).sort();
    const owns = ownedBy(permissions.holders.get(arn), held, agents);
    return [
      {
        id: `${arn}/agent-takeover`,
        ...{ account, arn, name, kind, agent, actions },
        objects: agentObjectsOf(actions),
        certainty: certaintyOf(own),
        state: stateOf(own),
        owns: owns.names,
        unowned: actions.filter(
          (action) => !(action.startsWith('aws-external-anthropic:') ? owns.workspaces : owns.roles),
        ),
      },
    ];
  });
}

/** As sure as the surest of them. */
function certaintyOf(rows: readonly PermissionRow[]): TakeoverRow['certainty'] {
  const words = new Set(rows.map(({ effective }) => effective));
  return words.has('allowed') ? 'allowed' : words.has('conditional') ? 'conditional' : 'unread';
}

const order: readonly PairState[] = ['used', 'unread', 'untrackable', 'unused', 'too-new'];
const stateOf = (rows: readonly PermissionRow[]): PairState =>
  order.find((state) => rows.some((row) => row.state === state)) ?? 'unread';

interface Owned {
  readonly names: string[];
  readonly roles: boolean;
  readonly workspaces: boolean;
}

/** What makes an identity an owner. What could not be read makes nobody one. */
function ownedBy(
  holder: IdentityHolder | undefined,
  held: readonly PermissionRow[],
  agents: readonly AgentRow[],
): Owned {
  const holds = (wanted: string): boolean =>
    held.some(({ effective, actions }) => effective !== 'unread' && actions.includes(wanted));
  const workspaces = holds(administer);
  const passes = holder !== undefined && holds(passRole);
  const passed = !passes ? [] : agents.length === 0 ? ['any role'] : passedBy(holder, agents);
  const names = [...passed.slice(0, namedAtMost), ...(workspaces ? ['workspaces'] : [])];
  return { names, roles: passed.length > 0, workspaces };
}

/** Agent roles that an identity may hand to a service. */
function passedBy({ effective }: IdentityHolder, agents: readonly AgentRow[]): string[] {
  const spoken = new Position(effective).on(new ActionSet([passRole]), 0);
  return agents
    .map(({ arn }) => arn)
    .filter((resource) => {
      const where = { caller: effective.caller, resource };
      return reachOf(spoken, effective.knowledge, where).verdict !== 'denied';
    });
}
