import type { Gap } from '../domain/gap.ts';
import { type CountedKind, countedKinds, isCounted } from '../domain/identity.ts';
import type { AccountResult } from '../domain/result.ts';
import type { NightSummary } from '../domain/summary.ts';
import {
  type AccountRow,
  type AccountStatus,
  coverageStatuses,
  type DeputyGrade,
  type GapRow,
  type IdentityRow,
  type KeyHolderRow,
  type KeyHolderState,
  type LoggingRow,
  type WorkspaceRow,
} from '../domain/tables.ts';

type Completeness = NightSummary['completeness'];
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const listedAtMost = 50;
/** Its population is the roles of an account. */
const agentFigure = 'agent.confused-deputy-rate';
const forOthers: ReadonlySet<DeputyGrade> = new Set(['any-account', 'any-subject', 'named-accounts']);
const fenced: ReadonlySet<WorkspaceRow['fence']['data']> = new Set(['enforced', 'enforced-with-exceptions']);
const isAiPhantom = (row: { readonly kind: string }): boolean => row.kind === 'phantom-user';

const countOf = {
  'live-key': 'phantomUsersLiveKey',
  'inactive-only': 'phantomUsersInactiveOnly',
  'expired-only': 'phantomUsersExpiredOnly',
  orphaned: 'phantomUsersOrphaned',
  'not-measured': 'phantomUsersNotMeasured',
} as const satisfies Readonly<Record<KeyHolderState, keyof NightSummary['counts']>>;

/** Counts that are no rates, added up account by account. */
export class NightTally {
  readonly accounts = { discovered: 0, measured: 0, partial: 0, failed: 0, suspended: 0, skipped: 0 };
  readonly identities: Mutable<Completeness['identities']> = {
    counted: 0,
    known: 0,
    unread: 0,
    byKind: Object.fromEntries(countedKinds.map((kind) => [kind, 0])) as Record<CountedKind, number>,
    apart: { tooNew: 0, serviceLinkedRole: 0, breakGlass: 0, assayReader: 0 },
  };
  readonly counts: Mutable<Omit<NightSummary['counts'], 'aiKeyUsersUnread'>> = {
    users: 0,
    aiKeyUsers: 0,
    aiKeysLive: 0,
    aiKeysLiveNotDenied: 0,
    aiKeysLiveNeverExpiring: 0,
    aiKeysLiveOnPhantomUsers: 0,
    aiKeysExpired: 0,
    aiKeysInactive: 0,
    phantomUsers: 0,
    phantomUsersWithoutLiveKey: 0,
    phantomUsersLiveKey: 0,
    phantomUsersInactiveOnly: 0,
    phantomUsersExpiredOnly: 0,
    phantomUsersOrphaned: 0,
    phantomUsersNotMeasured: 0,
    phantomUsersGained: 0,
    phantomUsersGainedNotMeasured: 0,
  };
  readonly agents: Mutable<NightSummary['agents']> = {
    roles: 0,
    rolesUnread: 0,
    rolesForOthers: 0,
    takeovers: 0,
    takeoversUnowned: 0,
    takeoversUnread: 0,
    workspaces: 0,
    workspacesOpen: 0,
    accountsNotMeasured: 0,
  };
  readonly notMeasured: Completeness['accountsNotMeasured'] = [];
  readonly untrackedAccounts: string[] = [];
  assumedRegions = 0;
  oldestReport: string | null = null;
  newestReport: string | null = null;
  readonly #gaps = new Map<string, { row: GapRow; count: number; accounts: Set<string> }>();
  readonly #cells = new Map<string, { core: boolean; cells: Record<LoggingRow['status'], number> }>();

  /** Adds an account of the plan, measured or not. */
  addRow(row: AccountRow, causes: readonly string[]): void {
    this.accounts.discovered += 1;
    this.accounts[row.status] += 1;
    if (isUnmeasured(row.status) && this.notMeasured.length < listedAtMost)
      this.notMeasured.push({ account: row.account, name: row.name, status: row.status, causes: [...causes] });
    if (row.regionsAssumed) this.assumedRegions += 1;
    if (row.untrackedRegions.length > 0) this.untrackedAccounts.push(row.account);
    const at = row.credentialReportAt;
    if (at === null) return;
    if (this.oldestReport === null || at < this.oldestReport) this.oldestReport = at;
    if (this.newestReport === null || at > this.newestReport) this.newestReport = at;
  }

  addResult(result: AccountResult): void {
    const { identities, credentials, keyHolders, logging, guardrails, users } = result;
    for (const row of identities) this.#addIdentity(row);
    this.counts.users += users.total;
    this.counts.aiKeyUsers += users.withAiKey;
    const ai = credentials.filter((row) => row.ai);
    const live = ai.filter((row) => row.live);
    this.counts.aiKeysLive += live.length;
    const use = guardrails.find(({ guardrail }) => guardrail === 'no-long-term-ai-key-use');
    if (use?.grade !== 'enforced') this.counts.aiKeysLiveNotDenied += live.length;
    this.counts.aiKeysLiveNeverExpiring += live.filter(({ expires }) => expires === null).length;
    this.counts.aiKeysLiveOnPhantomUsers += live.filter(({ phantom }) => phantom).length;
    this.counts.aiKeysInactive += ai.filter(({ status }) => status === 'Inactive').length;
    this.counts.aiKeysExpired += ai.filter((row) => !row.live && row.status !== 'Inactive').length;
    const keyed = new Set(live.map(({ user }) => user));
    const phantoms = identities.filter(isAiPhantom);
    this.counts.phantomUsers += phantoms.length;
    this.counts.phantomUsersWithoutLiveKey +=
      users.unread > 0 ? 0 : phantoms.filter(({ name }) => !keyed.has(name)).length;
    for (const row of keyHolders) this.#addHolder(row);
    for (const row of logging) this.#addCell(row);
    this.#addAgents(result);
  }

  #addAgents({ row, identities, agents, takeovers, workspaces, gaps }: AccountResult): void {
    if (row.status === 'suspended' || row.status === 'skipped') return;
    const counted = agents.filter(({ kind }) => isCounted(kind));
    const [unread, takers] = [
      takeovers.filter((it) => isCounted(it.kind) && it.certainty === 'unread'),
      takeovers.filter((it) => isCounted(it.kind) && it.certainty !== 'unread'),
    ];
    this.agents.roles += counted.length;
    this.agents.rolesUnread += identities.filter(({ kind, agent }) => agent === 'unread' && isCounted(kind)).length;
    this.agents.rolesForOthers += counted.filter(({ deputy }) => forOthers.has(deputy)).length;
    this.agents.takeovers += takers.length;
    this.agents.takeoversUnread += unread.length;
    this.agents.takeoversUnowned += takers.filter(({ unowned }) => unowned.length > 0).length;
    this.agents.workspaces += workspaces.length;
    this.agents.workspacesOpen += workspaces.filter(({ fence }) => !fenced.has(fence.data)).length;
    const listed = row.figures.some(({ id, population }) => id === agentFigure && population === 'enumerated');
    const hidden = gaps.some(({ collector }) => collector === 'claude-workspaces');
    if (!listed || hidden) this.agents.accountsNotMeasured += 1;
  }

  #addHolder({ phantom, state, gained }: KeyHolderRow): void {
    if (!phantom) return;
    this.counts[countOf[state]] += 1;
    if (gained === 'yes') this.counts.phantomUsersGained += 1;
    if (gained === 'not-measured') this.counts.phantomUsersGainedNotMeasured += 1;
  }

  #addIdentity(row: IdentityRow): void {
    const { apart, byKind } = this.identities;
    if (!isCounted(row.kind)) {
      if (row.kind === 'service-linked-role') apart.serviceLinkedRole += 1;
      if (row.kind === 'break-glass') apart.breakGlass += 1;
      if (row.kind === 'assay-reader') apart.assayReader += 1;
      return;
    }
    this.identities.counted += 1;
    byKind[row.kind] += 1;
    if (row.activity === 'unread') this.identities.unread += 1;
    else this.identities.known += 1;
    if (row.tooNew) apart.tooNew += 1;
  }

  #addCell({ eventClass, core, status }: LoggingRow): void {
    const zero = Object.fromEntries(coverageStatuses.map((it) => [it, 0])) as Record<LoggingRow['status'], number>;
    const there = this.#cells.get(eventClass) ?? { core, cells: zero };
    this.#cells.set(eventClass, there);
    there.cells[status] += 1;
  }

  addGaps(rows: readonly GapRow[]): void {
    for (const row of rows) {
      const key = `${(row.gap as unknown as Gap).code} ${row.operation} ${row.gap.code === 'UNPARSABLE' ? row.cause : ''}`;
      const there = this.#gaps.get(key) ?? { row, count: 0, accounts: new Set<string>() };
      this.#gaps.set(key, there);
      there.count += 1;
      there.accounts.add(row.account);
    }
  }

  /** Gaps by code and call, those of most accounts first. */
  gaps(): Completeness['gaps'] {
    return [...this.#gaps.values()]
      .map(({ row, count, accounts }) => ({
        code: row.gap.code,
        operation: row.operation,
        cause: row.cause,
        remedy: row.remedy,
        count,
        accounts: accounts.size,
      }))
      .sort(
        (a, b) =>
          b.accounts - a.accounts || b.count - a.count || (a.code + a.operation < b.code + b.operation ? -1 : 1),
      );
  }

  logging(): NightSummary['logging'] {
    return [...this.#cells].map(([eventClass, { core, cells }]) => ({ eventClass, core, cells }));
  }
}

const isUnmeasured = (status: AccountStatus): boolean => status === 'failed' || status === 'partial';
