import { byNightlyOrder } from '../catalogue/ai-event-classes.ts';
import { countedKinds, isCounted } from '../domain/identity.ts';
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
import { byKey, summed, zeroes } from './counts.ts';

type Completeness = NightSummary['completeness'];
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const listedAtMost = 50;
/** Its population is the roles of an account. */
const agentFigure = 'agent.confused-deputy-rate';
const forOthers: ReadonlySet<DeputyGrade> = new Set(['any-account', 'any-subject', 'named-accounts']);
/** What shows workspaces; where one of them was refused, others may exist. */
const workspaceCollectors: ReadonlySet<string> = new Set(['claude-workspaces', 'workspace-events']);
const fenced: ReadonlySet<WorkspaceRow['fence']['data']> = new Set(['enforced', 'enforced-with-exceptions']);
const isAiPhantom = (row: { readonly kind: string }): boolean => row.kind === 'phantom-user';

const countOf = {
  'live-key': 'phantomUsersLiveKey',
  'inactive-only': 'phantomUsersInactiveOnly',
  'expired-only': 'phantomUsersExpiredOnly',
  orphaned: 'phantomUsersOrphaned',
  'not-measured': 'phantomUsersNotMeasured',
} as const satisfies Readonly<Record<KeyHolderState, keyof NightSummary['counts']>>;

/** One line of the gaps by cause: what the first of them in the plan says, and how many accounts and calls it stands for. */
interface GapLine {
  readonly place: number;
  readonly row: Pick<GapRow, 'operation' | 'cause' | 'remedy'> & { readonly code: string };
  readonly count: number;
  readonly accounts: number;
}

interface Cells {
  readonly core: boolean;
  readonly cells: Record<LoggingRow['status'], number>;
}

type NotMeasured = Completeness['accountsNotMeasured'][number];

/** What a `NightTally` is written down as. Lists carry the place of their account in the plan. */
export interface TallyData {
  readonly accounts: NightTally['accounts'];
  readonly identities: NightTally['identities'];
  readonly counts: NightTally['counts'];
  readonly agents: NightTally['agents'];
  readonly assumedRegions: number;
  readonly oldestReport: string | null;
  readonly newestReport: string | null;
  readonly notMeasured: readonly (readonly [place: number, account: NotMeasured])[];
  readonly untrackedAccounts: readonly (readonly [place: number, account: string])[];
  readonly gaps: readonly (readonly [key: string, line: GapLine])[];
  readonly cells: readonly (readonly [eventClass: string, cells: Cells])[];
}

/**
 * Counts that are no rates, added up account by account. Each account is added once, with its place in the plan; addition is associative and
 * commutative, so that parts of a night merge in any order.
 */
export class NightTally {
  readonly accounts = { discovered: 0, measured: 0, partial: 0, failed: 0, suspended: 0, skipped: 0 };
  readonly identities: Mutable<Completeness['identities']> = {
    counted: 0,
    known: 0,
    unread: 0,
    byKind: zeroes(countedKinds),
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
  assumedRegions = 0;
  oldestReport: string | null = null;
  newestReport: string | null = null;
  #notMeasured: (readonly [place: number, account: NotMeasured])[] = [];
  #untrackedAccounts: (readonly [place: number, account: string])[] = [];
  readonly #gaps = new Map<string, GapLine>();
  readonly #cells = new Map<string, Cells>();

  /** Adds an account of the plan, measured or not. */
  addRow(row: AccountRow, causes: readonly string[], place: number): void {
    this.accounts.discovered += 1;
    this.accounts[row.status] += 1;
    const { account, name, status } = row;
    if (isUnmeasured(status)) this.#list([[place, { account, name, status, causes: [...causes] }]]);
    if (row.regionsAssumed) this.assumedRegions += 1;
    if (row.untrackedRegions.length > 0) this.#untrackedAccounts.push([place, account]);
    this.#addReport(row.credentialReportAt, row.credentialReportAt);
  }

  /** The first of the accounts that hide something, in the order of the plan. */
  #list(more: TallyData['notMeasured']): void {
    this.#notMeasured = [...this.#notMeasured, ...more].sort(byPlace).slice(0, listedAtMost);
  }

  #addReport(oldest: string | null, newest: string | null): void {
    if (oldest !== null && (this.oldestReport === null || oldest < this.oldestReport)) this.oldestReport = oldest;
    if (newest !== null && (this.newestReport === null || newest > this.newestReport)) this.newestReport = newest;
  }

  addResult(result: AccountResult): void {
    const { identities, credentials, keyHolders, logging, users } = result;
    for (const row of identities) this.#addIdentity(row);
    this.counts.users += users.total;
    this.counts.aiKeyUsers += users.withAiKey;
    const ai = credentials.filter((row) => row.ai);
    const live = ai.filter((row) => row.live);
    this.counts.aiKeysLive += live.length;
    this.counts.aiKeysLiveNotDenied += live.filter(({ use }) => use !== 'denied').length;
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
    const hidden = gaps.some(({ collector }) => workspaceCollectors.has(collector));
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
    this.#addCells(eventClass, { core, cells: { ...zeroes(coverageStatuses), [status]: 1 } });
  }

  #addCells(eventClass: string, { core, cells }: Cells): void {
    const there = this.#cells.get(eventClass);
    this.#cells.set(eventClass, { core, cells: there === undefined ? { ...cells } : summed(there.cells, cells) });
  }

  /** Adds the gaps of one account, or of the organisation (place -1), all at once. */
  addGaps(rows: readonly GapRow[], place: number): void {
    const own = new Map<string, GapLine>();
    for (const { gap, operation, cause, remedy } of rows) {
      // A role that is missing and one that an SCP keeps out are two causes: each has its remedy.
      const key = `${gap.code} ${operation} ${gap.code === 'UNPARSABLE' ? cause : remedy}`;
      const row = { code: gap.code, operation, cause, remedy };
      const { count = 0, ...first } = own.get(key) ?? { place, row, accounts: 1 };
      own.set(key, { ...first, count: count + 1 });
    }
    for (const [key, line] of own) this.#addGap(key, line);
  }

  #addGap(key: string, line: GapLine): void {
    const there = this.#gaps.get(key);
    const { place, row } = there === undefined || line.place < there.place ? line : there;
    const [count, accounts] = [line.count + (there?.count ?? 0), line.accounts + (there?.accounts ?? 0)];
    this.#gaps.set(key, { place, row, count, accounts });
  }

  /** Adds another part of the night, as `toJSON` wrote it down. */
  merge(data: TallyData): void {
    Object.assign(this.accounts, summed(this.accounts, data.accounts));
    Object.assign(this.identities, summed(this.identities, data.identities));
    Object.assign(this.counts, summed(this.counts, data.counts));
    Object.assign(this.agents, summed(this.agents, data.agents));
    this.assumedRegions += data.assumedRegions;
    this.#addReport(data.oldestReport, data.newestReport);
    this.#list(data.notMeasured);
    this.#untrackedAccounts.push(...data.untrackedAccounts);
    for (const [key, line] of data.gaps) this.#addGap(key, line);
    for (const [eventClass, cells] of data.cells) this.#addCells(eventClass, cells);
  }

  toJSON(): TallyData {
    const { accounts, identities, counts, agents, assumedRegions, oldestReport, newestReport } = this;
    return {
      ...{ accounts, identities, counts, agents, assumedRegions, oldestReport, newestReport },
      notMeasured: this.#notMeasured,
      untrackedAccounts: this.#untrackedAccounts.toSorted(byPlace),
      gaps: [...this.#gaps].sort(byKey),
      cells: [...this.#cells].sort(byKey),
    };
  }

  /** Accounts that hide something, the first in the order of the plan. */
  get notMeasured(): NotMeasured[] {
    return this.#notMeasured.map(([, account]) => account);
  }

  /** Accounts with Regions whose use AWS does not track, in the order of the plan. */
  get untrackedAccounts(): string[] {
    return this.#untrackedAccounts.toSorted(byPlace).map(([, account]) => account);
  }

  /** Gaps by code, call and remedy, those of most accounts first. */
  gaps(): Completeness['gaps'] {
    return [...this.#gaps.values()]
      .map(({ row, count, accounts }) => ({ ...row, count, accounts }))
      .sort(
        (a, b) =>
          b.accounts - a.accounts ||
          b.count - a.count ||
          (a.code + a.operation + a.cause < b.code + b.operation + b.cause ? -1 : 1),
      );
  }

  /** Cells by event class: those of every night in their order, then the others by name. */
  logging(): NightSummary['logging'] {
    return [...this.#cells]
      .sort(([a], [b]) => byNightlyOrder(a, b))
      .map(([eventClass, { core, cells }]) => ({ eventClass, core, cells }));
  }
}

const byPlace = ([a]: readonly [number, unknown], [b]: readonly [number, unknown]): number => a - b;

const isUnmeasured = (status: AccountStatus): boolean => status === 'failed' || status === 'partial';
