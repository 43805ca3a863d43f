import type { AgentRow, ForwardingRow, TakeoverRow, WorkspaceRow } from '../../domain/tables.ts';
import type { AccountRows } from '../accounts.ts';
import { className } from '../charts/matrix.ts';
import { type Markup, name } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { fails, passes, type StatusView, unknownStatus } from '../status.ts';
import { reachWords, seenIn } from '../workspace-words.ts';
import { add, compare, first, type Top, top } from './top.ts';

/** A table of a register page: a cell is text, or a status. */
export interface RegisterTable {
  readonly caption: string;
  readonly method: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly cells: readonly RegisterCell[] }[];
  readonly nothing: string;
  readonly rest: string | null;
}

export interface RegisterCell {
  readonly status: StatusView | null;
  readonly href: string | null;
  readonly text: Markup | string;
  readonly small: string | null;
  readonly code: string | null;
}

export interface RegisterPageView {
  readonly title: string;
  readonly home: string;
  readonly words: string;
  readonly tables: readonly RegisterTable[];
}

export interface RegisterPage {
  readonly path: string;
  readonly view: RegisterPageView;
}

export const agentsPath = 'agents/index.html';
export const forwardingPath = 'forwarding/index.html';

type In<Row> = Row & { readonly of: string };
const keptRows = 400;
/** Fewer of those whose commands are long. */
const keptForwardings = 250;

const cell = (text: Markup | string, more: Partial<RegisterCell> = {}): RegisterCell => ({
  status: null,
  href: null,
  small: null,
  code: null,
  ...more,
  text,
});
const state = (status: StatusView, small: string | null = null): RegisterCell => cell('', { status, small });

/** Agent identities, who can change what agents do, workspaces, and where recorded AI events go: the worst first, as many as a page takes. */
export class RegisterPages {
  readonly #agents: Top<In<AgentRow>> = top(keptRows, (a, b) => wide(b) - wide(a) || compare(a.id, b.id));
  readonly #takeovers: Top<In<TakeoverRow>> = top(
    keptRows,
    (a, b) => b.unowned.length - a.unowned.length || compare(a.id, b.id),
  );
  readonly #workspaces: Top<In<WorkspaceRow>> = top(keptRows, (a, b) => compare(a.id, b.id));
  readonly #forwarding: Top<In<ForwardingRow>> = top(
    keptForwardings,
    (a, b) => urgency.indexOf(a.grade) - urgency.indexOf(b.grade) || compare(a.id, b.id),
  );

  add({ row, agents, takeovers, workspaces, forwarding }: AccountRows): void {
    const of = row.name ?? row.account;
    for (const it of agents) add(this.#agents, { ...it, of });
    for (const it of takeovers) if (it.unowned.length > 0) add(this.#takeovers, { ...it, of });
    for (const it of workspaces) add(this.#workspaces, { ...it, of });
    for (const it of forwarding) if (it.grade !== 'not-recorded') add(this.#forwarding, { ...it, of });
  }

  pages(): RegisterPage[] {
    return [
      { path: agentsPath, view: this.#agentPage() },
      { path: forwardingPath, view: this.#forwardingPage() },
    ];
  }

  #agentPage(): RegisterPageView {
    return {
      title: 'Agent identities',
      home: '../index.html',
      words:
        'Roles that AI services act as, on whose behalf they may, who can change what an agent does without owning it, and the workspaces of Claude Platform.',
      tables: [
        table(this.#agents, {
          caption: 'Roles of agents',
          method:
            'Decided by the trust policy and the RCPs on the account’s path: a request of the service on behalf of another account. A witness is one that gets through.',
          head: ['Role', 'Account', 'Served by', 'On whose behalf', 'Sensitive permissions', 'Use'],
          row: agentCells,
        }),
        table(this.#takeovers, {
          caption: 'Who can change what an agent does without owning it',
          method:
            'Effective permissions of class agent takeover. Owners may hand out the agent’s role, or administer workspaces. Those whose policies were not read stand here too.',
          head: ['Identity', 'Account', 'What it can change', 'Not its own', 'Owns', 'Used'],
          row: takeoverCells,
        }),
        table(this.#workspaces, {
          caption: 'Workspaces of Claude Platform',
          method:
            'From Cloud Control, recorded management events of 90 days, and ARNs that policies spell out. Administer: change or archive it, or enter the console. Use: run models and sessions, or read what is in it.',
          head: [
            'Workspace',
            'Account',
            'May administer',
            'May use',
            'Fence around its data',
            'Fence around administration',
          ],
          row: workspaceCells,
        }),
      ],
    };
  }

  #forwardingPage(): RegisterPageView {
    return {
      title: 'Where recorded AI events go',
      home: '../index.html',
      words:
        'Monitored: somebody would be told. Forwarded: events go on as they come. Only stored: they lie in a bucket, a log group that nothing reads or an event data store.',
      tables: [
        table(this.#forwarding, {
          caption: 'AI event classes by account',
          method:
            'The worst Region where the class is recorded decides. Each with the one piece that would make it monitored; TOPIC is the name of a topic of yours, in that account and Region.',
          head: ['Event class', 'Account', 'Grade', 'Where it goes', 'The missing piece'],
          row: forwardingCells,
        }),
      ],
    };
  }
}

interface TableOf<Row> extends Pick<RegisterTable, 'caption' | 'method' | 'head'> {
  row(row: Row): RegisterCell[];
}

function table<Row>(rows: Top<Row>, { caption, method, head, row }: TableOf<Row>): RegisterTable {
  const shown = first(rows);
  return {
    ...{ caption, method, head },
    rows: shown.map((it) => ({ cells: row(it) })),
    nothing: 'None was seen where we could look.',
    rest:
      rows.total > shown.length
        ? `${integer(shown.length)} of ${integer(rows.total)} are listed here; the result tables hold all.`
        : null,
  };
}

const accountCell = ({ of, account }: { readonly of: string; readonly account: string }): RegisterCell =>
  cell(name(of), { small: account, href: `../accounts/${account}.html` });

const outside = new Set(['any-account', 'any-subject', 'named-accounts']);
const wide = ({ deputy }: AgentRow): number => (outside.has(deputy) ? 2 : deputy === 'not-measured' ? 1 : 0);

function agentCells(row: In<AgentRow>): RegisterCell[] {
  const { sensitive, deputy } = row;
  const grade = outside.has(deputy) ? fails : deputy === 'not-measured' ? unknownStatus : passes;
  return [
    cell(name(row.name), { small: row.arn }),
    accountCell(row),
    cell([...row.services, ...row.audiences].join(', ')),
    cell('', {
      status: grade(deputy.replaceAll('-', ' ')),
      small: row.sourceless ? `${row.why}; a request that names no source gets through` : row.why,
      code: row.witness === null ? null : JSON.stringify(row.witness),
    }),
    cell(
      sensitive === null || sensitive.unread === sensitive.held
        ? `${sensitive === null || sensitive.held === 0 ? 'none' : 'not measured'}`
        : `${integer(sensitive.held)} held, ${integer(sensitive.unused)} unused`,
      { small: row.classes.join(', ') || null },
    ),
    state(
      row.activity === 'used'
        ? passes('used')
        : row.activity === 'unused'
          ? fails('unused')
          : unknownStatus('not measured'),
    ),
  ];
}

function takeoverCells(row: In<TakeoverRow>): RegisterCell[] {
  const unread = row.certainty === 'unread';
  return [
    cell(name(row.name), { small: row.arn }),
    accountCell(row),
    unread ? state(unknownStatus('not measured')) : cell(row.objects.join(', '), { small: row.certainty }),
    cell(integer(row.unowned.length), {
      small: row.unowned.slice(0, 4).join(', ') + (row.unowned.length > 4 ? ' …' : ''),
    }),
    cell(row.owns.length === 0 ? 'nothing' : row.owns.map((it) => it.split('/').at(-1)).join(', ')),
    cell(row.state.replaceAll('-', ' ')),
  ];
}

function workspaceCells(row: In<WorkspaceRow>): RegisterCell[] {
  return [
    cell(name(row.name ?? row.workspace), {
      small: `${row.workspace} · ${row.region ?? 'Region not known'} · seen in ${seenIn(row)}`,
    }),
    accountCell(row),
    reachCell(row.admins),
    reachCell(row.users),
    fenceCell(row.fence.data),
    fenceCell(row.fence.admin),
  ];
}

function reachCell(reachers: WorkspaceRow['admins']): RegisterCell {
  const { allowed, conditional, unread, named } = reachers;
  const shown = named.slice(0, 5).map((it) => it.split('/').at(-1));
  const more = allowed + conditional + unread - shown.length;
  return cell(reachWords(reachers), {
    small: shown.length === 0 ? null : `${shown.join(', ')}${more > 0 ? ` and ${integer(more)} more` : ''}`,
  });
}

function fenceCell(grade: WorkspaceRow['fence']['data']): RegisterCell {
  const word = grade.replaceAll('-', ' ');
  if (grade === 'enforced' || grade === 'enforced-with-exceptions') return state(passes(word));
  return state(grade === 'not-measured' ? unknownStatus(word) : fails(word));
}

/** What wants work first. */
const urgency: readonly ForwardingRow['grade'][] = [
  'stored-only',
  'not-measured',
  'forwarded',
  'monitored',
  'not-recorded',
];

function forwardingCells(row: In<ForwardingRow>): RegisterCell[] {
  const word = row.grade.replaceAll('-', ' ');
  const status =
    row.grade === 'monitored' ? passes(word) : row.grade === 'not-measured' ? unknownStatus(word) : fails(word);
  const others =
    row.regions['not-recorded'] > 0 ? `not recorded in ${plural(row.regions['not-recorded'], 'Region')}` : null;
  return [
    cell(className(row.eventClass), { small: row.eventClass }),
    accountCell(row),
    state(status, row.why ?? others),
    cell(row.routes.map(({ kind }) => kind.replaceAll('-', ' ')).join(', ') || '–', {
      small: row.routes.map((it) => arnTail(it.name)).join(', ') || null,
    }),
    cell(row.missing ?? '–', {
      small: row.runIn === null ? null : `with credentials of account ${row.runIn}`,
      code: row.command,
    }),
  ];
}

const arnTail = (text: string): string => (text.startsWith('arn:') ? text.split(':').slice(5).join(':') : text);
