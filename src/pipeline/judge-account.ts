import { accountChanges } from '../actions/account.ts';
import type { SharedFacts } from '../domain/facts.ts';
import { guardrailSettings } from '../domain/guardrail-settings.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Night, PlannedAccount, Pointer } from '../domain/night.ts';
import { partitionOfAccount } from '../domain/partition.ts';
import type { AccountResult, Receipt } from '../domain/result.ts';
import type { AccountStatus } from '../domain/tables.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import { judgeWhole } from '../judge/account.ts';
import { guardrailMetrics } from '../judge/guardrail-metrics.ts';
import type { Metric } from '../metrics/define.ts';
import * as metrics from '../metrics/index.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeLines } from '../transcripts/lines.ts';
import { packed } from '../transcripts/packed.ts';
import { replayReaders } from '../transcripts/replay.ts';
import { accountFacts, sessionName } from './account-facts.ts';
import type { Dependencies } from './dependencies.ts';
import { work } from './keys.ts';
import { fetchPointer, fromJsonGz, toJsonGz } from './stored.ts';

export interface JudgeAccountInput {
  readonly night: Night;
  readonly planned: PlannedAccount;
  readonly organization: Pointer;
  readonly receipt: Receipt;
}

export interface AccountVerdict {
  readonly account: AccountId;
  readonly status: AccountStatus;
  readonly gaps: number;
}

export const allMetrics: readonly Metric[] = [...(Object.values(metrics) as readonly Metric[]), ...guardrailMetrics];

/** Replays an account's transcript through the collectors that made it, judges the facts and writes the account result. */
export async function judgeAccount(
  input: JudgeAccountInput,
  { store, settings }: Dependencies,
): Promise<AccountVerdict> {
  const { night, planned, receipt } = input;
  const read = fromJsonGz<SharedFacts>(await fetchPointer(store, 'work', input.organization));
  const replayed = replayReaders(new Map([[planned.account, await transcriptOf(store, receipt)]]));
  const facts = await accountFacts(
    () => replayed,
    planned,
    sessionName(night.run),
    read,
    async () => {},
  );
  const shared = { ...read, partition: read.partition ?? partitionOfAccount(facts) };
  const rules = {
    window: { clock: night.clock, days: night.windowDays },
    special: settings.special,
    metrics: allMetrics,
    thresholds: settings.thresholds ?? {},
    guardrails: settings.guardrails ?? guardrailSettings,
    exceptions: settings.exceptions ?? [],
  };
  const { result, holders } = judgeWhole(facts, shared, planned, receipt, rules);
  const actions = accountChanges({ result, holders, facts, shared, planned, rules });
  return writeAccountResult(store, night, { ...result, actions });
}

async function transcriptOf(store: ObjectStore, { evidence }: Receipt): Promise<TranscriptLine[]> {
  const lines: TranscriptLine[] = [];
  for (const pointer of evidence)
    for await (const line of decodeLines<TranscriptLine>(await fetchPointer(store, 'archive', pointer)))
      lines.push(packed(line));
  return lines;
}

/** First writer wins: a result that stands already (of a retried or timed-out task) is kept and told. */
export async function writeAccountResult(
  store: ObjectStore,
  night: Night,
  result: AccountResult,
): Promise<AccountVerdict> {
  const key = work.accountResult(night.run, result.account);
  const written = await store.putIfAbsent('work', key, await toJsonGz(result));
  const standing =
    written === 'created' ? result : fromJsonGz<AccountResult>((await store.get('work', key)) ?? new Uint8Array());
  return { account: standing.account, status: standing.row.status, gaps: standing.gaps.length };
}
