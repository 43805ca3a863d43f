import type { AccountChanges } from './action-table.ts';
import type { AccountId } from './ids.ts';
import type { Pointer } from './night.ts';
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
} from './tables.ts';

/** Where an account's evidence lies: the attempt that counts and its files. The only thing that crosses the state machine. */
export interface Receipt {
  readonly account: AccountId;
  readonly attempt: number;
  readonly evidence: readonly Pointer[];
}

/** One account, judged: the rows it adds to each table. Counts and shares follow from the rows, so accounts merge in any order. */
export interface AccountResult {
  readonly account: AccountId;
  readonly receipt: Receipt | null;
  readonly row: AccountRow;
  readonly identities: readonly IdentityRow[];
  readonly permissions: readonly PermissionRow[];
  readonly credentials: readonly CredentialRow[];
  readonly keyHolders: readonly KeyHolderRow[];
  readonly keyPowers: readonly KeyPowerRow[];
  readonly logging: readonly LoggingRow[];
  readonly loggingFixes: readonly LoggingFixRow[];
  readonly guardrails: readonly GuardrailRow[];
  readonly findings: readonly FindingRow[];
  readonly agents: readonly AgentRow[];
  readonly takeovers: readonly TakeoverRow[];
  readonly workspaces: readonly WorkspaceRow[];
  readonly practices: readonly PracticeRow[];
  readonly forwarding: readonly ForwardingRow[];
  readonly gaps: readonly GapRow[];
  /** What a person could change here. */
  readonly actions: AccountChanges;
  /** Users whose AI keys are known or not, for the counts beside the rate. */
  readonly users: { readonly total: number; readonly withAiKey: number; readonly unread: number };
}
