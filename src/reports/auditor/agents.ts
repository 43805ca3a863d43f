import type { NightSummary } from '../../domain/summary.ts';
import type { AgentRow, WorkspaceRow } from '../../domain/tables.ts';
import { integer } from '../numbers.ts';
import { agentsView } from '../team/agents-view.ts';
import { add, compare, first, type Top, top } from '../team/top.ts';
import { reachWords, seenIn } from '../workspace-words.ts';

/** One agent identity as an auditor checks it. */
export interface AgentLine {
  readonly arn: string;
  readonly account: string;
  readonly served: string;
  /** On whose behalf a service may act as it, and what says so. */
  readonly behalf: string;
  readonly why: string;
  readonly sensitive: string;
  readonly use: string;
}

/** One workspace of Claude Platform, with where it was seen. */
export interface WorkspaceLine {
  readonly workspace: string;
  readonly place: string;
  readonly seen: string;
  readonly admins: string;
  readonly users: string;
  readonly fence: string;
}

/** The register of agent identities: those that serve outsiders first. */
export interface AgentRegister {
  readonly title: string;
  readonly words: string;
  readonly agents: readonly AgentLine[];
  readonly workspaces: readonly WorkspaceLine[];
  readonly rest: string | null;
}

/** How many rows of each kind are listed. */
const kept = 200;

export async function agentRegister(
  summary: NightSummary,
  agents: AsyncIterable<AgentRow>,
  workspaces: AsyncIterable<WorkspaceRow>,
): Promise<AgentRegister> {
  const [roles, seen] = [
    await gathered(agents, (a, b) => rank(a) - rank(b) || compare(a.id, b.id)),
    await gathered(workspaces, (a, b) => compare(a.id, b.id)),
  ];
  const { title, words } = agentsView(summary, false);
  const more = [...restOf(roles, 'agent roles', 'agents'), ...restOf(seen, 'workspaces', 'workspaces')];
  return {
    ...{ title, words },
    agents: first(roles).map(agentLine),
    workspaces: first(seen).map(workspaceLine),
    rest: more.length === 0 ? null : `${more.join('; ')}.`,
  };
}

async function gathered<Row>(rows: AsyncIterable<Row>, order: (a: Row, b: Row) => number): Promise<Top<Row>> {
  const list = top<Row>(kept, order);
  for await (const row of rows) add(list, row);
  return list;
}

const restOf = (list: { readonly total: number }, what: string, table: string): string[] =>
  list.total > kept
    ? [`${integer(kept)} of ${integer(list.total)} ${what} are listed: table results/${table} holds all`]
    : [];

/** From the widest to the narrowest; what is not known stands between what serves outsiders and what does not. */
const widths: readonly AgentRow['deputy'][] = [
  'any-account',
  'any-subject',
  'named-accounts',
  'not-measured',
  'named-subjects',
  'organization',
  'own-account',
];
const rank = ({ deputy }: AgentRow): number => widths.indexOf(deputy);

function agentLine({
  arn,
  account,
  services,
  audiences,
  deputy,
  why,
  sourceless,
  sensitive,
  activity,
}: AgentRow): AgentLine {
  return {
    ...{ arn, account },
    served: [...services, ...audiences].join(', '),
    behalf: deputy.replaceAll('-', ' '),
    why: sourceless ? `${why}; a request that names no source gets through` : why,
    sensitive:
      sensitive === null
        ? 'not measured'
        : `${integer(sensitive.held)} held, ${integer(sensitive.unused)} unused, ${integer(sensitive.unread)} not measured`,
    use: activity === 'unread' ? 'not measured' : activity,
  };
}

function workspaceLine(row: WorkspaceRow): WorkspaceLine {
  const { account, region, workspace, name, admins, users, fence } = row;
  return {
    workspace: name === null ? workspace : `${workspace} (${name})`,
    place: `${account}, ${region ?? 'Region not known'}`,
    seen: seenIn(row),
    admins: reachWords(admins),
    users: reachWords(users),
    fence: `data ${fence.data.replaceAll('-', ' ')}, administration ${fence.admin.replaceAll('-', ' ')}`,
  };
}
