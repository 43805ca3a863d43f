import type {
  AccountRow,
  AgentRow,
  CredentialRow,
  FindingRow,
  ForwardingRow,
  GapRow,
  GuardrailRow,
  IdentityRow,
  KeyHolderRow,
  KeyPowerRow,
  LoggingFixRow,
  LoggingRow,
  PermissionRow,
  PracticeRow,
  TakeoverRow,
  WorkspaceRow,
} from '../domain/tables.ts';
import type { ReportInput } from './input.ts';

/** All rows of one account. The most that is ever held at once. */
export interface AccountRows {
  readonly row: AccountRow;
  readonly identities: readonly IdentityRow[];
  readonly permissions: readonly PermissionRow[];
  readonly credentials: readonly CredentialRow[];
  readonly keyHolders: readonly KeyHolderRow[];
  readonly keyPowers: readonly KeyPowerRow[];
  readonly logging: readonly LoggingRow[];
  readonly loggingFixes: readonly LoggingFixRow[];
  readonly findings: readonly FindingRow[];
  readonly guardrails: readonly GuardrailRow[];
  readonly practices: readonly PracticeRow[];
  readonly agents: readonly AgentRow[];
  readonly takeovers: readonly TakeoverRow[];
  readonly workspaces: readonly WorkspaceRow[];
  readonly forwarding: readonly ForwardingRow[];
  readonly gaps: readonly GapRow[];
}

/** Joins the tables account by account. All of them come in plan order, so one row of look-ahead each is enough. */
export async function* accountsOf(input: ReportInput): AsyncGenerator<AccountRows> {
  const cursors = {
    identities: cursorOver('identities', input.rows('identities')),
    permissions: cursorOver('permissions', input.rows('permissions')),
    credentials: cursorOver('credentials', input.rows('credentials')),
    keyHolders: cursorOver('key-holders', input.rows('key-holders')),
    keyPowers: cursorOver('key-powers', input.rows('key-powers')),
    logging: cursorOver('logging', input.rows('logging')),
    loggingFixes: cursorOver('logging-fixes', input.rows('logging-fixes')),
    findings: cursorOver('findings', onlyAccounts(input.rows('findings'))),
    guardrails: cursorOver('guardrails', input.rows('guardrails')),
    practices: cursorOver('practices', input.rows('practices')),
    agents: cursorOver('agents', input.rows('agents')),
    takeovers: cursorOver('takeovers', input.rows('takeovers')),
    workspaces: cursorOver('workspaces', input.rows('workspaces')),
    forwarding: cursorOver('forwarding', input.rows('forwarding')),
    gaps: cursorOver('gaps', onlyAccounts(input.rows('gaps'))),
  };
  for await (const row of input.rows('accounts')) {
    yield {
      row,
      identities: await cursors.identities.take(row.account),
      permissions: await cursors.permissions.take(row.account),
      credentials: await cursors.credentials.take(row.account),
      keyHolders: await cursors.keyHolders.take(row.account),
      keyPowers: await cursors.keyPowers.take(row.account),
      logging: await cursors.logging.take(row.account),
      loggingFixes: await cursors.loggingFixes.take(row.account),
      findings: await cursors.findings.take(row.account),
      guardrails: await cursors.guardrails.take(row.account),
      practices: await cursors.practices.take(row.account),
      agents: await cursors.agents.take(row.account),
      takeovers: await cursors.takeovers.take(row.account),
      workspaces: await cursors.workspaces.take(row.account),
      forwarding: await cursors.forwarding.take(row.account),
      gaps: await cursors.gaps.take(row.account),
    };
  }
  for (const cursor of Object.values(cursors)) await cursor.end();
}

/** Rows about the organisation itself belong to no account's page. */
async function* onlyAccounts<Row extends { readonly account: string }>(rows: AsyncIterable<Row>): AsyncGenerator<Row> {
  for await (const row of rows) if (/^\d{12}$/.test(row.account)) yield row;
}

interface Cursor<Row> {
  take(account: string): Promise<Row[]>;
  /** Throws if a row is left: it would be missing from every page without anybody noticing. */
  end(): Promise<void>;
}

function cursorOver<Row extends { readonly account: string }>(table: string, rows: AsyncIterable<Row>): Cursor<Row> {
  const iterator = rows[Symbol.asyncIterator]();
  let head: Promise<IteratorResult<Row>> | undefined;
  const peek = (): Promise<IteratorResult<Row>> => (head ??= iterator.next());
  return {
    async take(account) {
      const taken: Row[] = [];
      for (let next = await peek(); !next.done && next.value.account === account; next = await peek()) {
        taken.push(next.value);
        head = undefined;
      }
      return taken;
    },
    async end() {
      const next = await peek();
      if (!next.done)
        throw new Error(`table ${table} is not in plan order: account ${next.value.account} came too late`);
    },
  };
}
