import { noChanges } from '../domain/action-table.ts';
import type { Gap } from '../domain/gap.ts';
import type { Night, PlannedAccount } from '../domain/night.ts';
import type { AccountResult, Receipt } from '../domain/result.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import { type ControlSettings, findingsOfGap } from '../judge/findings.ts';
import { judgePractices } from '../judge/practices.ts';
import { accountRow, gapRow } from '../judge/rows.ts';
import { figuresOf } from '../metrics/figures.ts';
import { archiveTranscript, takeAttempt } from './attempt.ts';
import type { Dependencies } from './dependencies.ts';
import { type AccountVerdict, allMetrics, writeAccountResult } from './judge-account.ts';

export interface RecordAccountGapInput {
  readonly night: Night;
  readonly planned: PlannedAccount;
  readonly failure: { readonly Error: string; readonly Cause: string };
}

/** Turns any failure of an account's tasks into data: a result that is all gap, and a line of evidence that says why. */
export async function recordAccountGap(
  { night, planned, failure }: RecordAccountGapInput,
  { store, settings }: Dependencies,
): Promise<AccountVerdict> {
  const line: TranscriptLine = {
    region: 'global',
    operation: 'assay:RecordAccountGap',
    input: { account: planned.account },
    error: { name: failure.Error, message: failure.Cause },
  };
  const attempt = await takeAttempt(store, night, planned.account);
  const evidence = await archiveTranscript(store, night, planned.account, attempt, new Map([['account-gap', [line]]]));
  const receipt = { account: planned.account, attempt, evidence };
  return writeAccountResult(
    store,
    night,
    resultOfGap(planned, { code: 'TASK_FAILED', error: failure.Error }, receipt, settings.thresholds),
  );
}

/** The result of an account about which nothing is known. */
export function resultOfGap(
  planned: PlannedAccount,
  gap: Gap,
  receipt: Receipt | null,
  thresholds: ControlSettings = {},
): AccountResult {
  const gaps = [gapRow(planned.account, 'account', gap, { region: 'global', operation: 'assay:CollectAccount' })];
  const figures = figuresOf(allMetrics, {}, { users: false, roles: false, regions: false, chains: false });
  return {
    account: planned.account,
    receipt,
    row: accountRow(planned, { status: 'failed', receipt, facts: null, gaps, figures }),
    identities: [],
    permissions: [],
    credentials: [],
    keyHolders: [],
    keyPowers: [],
    logging: [],
    loggingFixes: [],
    guardrails: [],
    findings: findingsOfGap(planned.account, gap, thresholds),
    agents: [],
    takeovers: [],
    workspaces: [],
    practices: judgePractices({
      account: planned.account,
      guardrails: [],
      credentials: [],
      keysRead: false,
      cells: [],
      cellsRead: false,
    }),
    forwarding: [],
    gaps,
    actions: noChanges,
    users: { total: 0, withAiKey: 0, unread: 0 },
  };
}
