import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import { isPassing } from '../domain/gap.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Night, PlannedAccount, Pointer } from '../domain/night.ts';
import { unknownsIn, unreadAmong } from '../domain/reading.ts';
import type { Receipt } from '../domain/result.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import { packed } from '../transcripts/packed.ts';
import { recordingReaders } from '../transcripts/record.ts';
import { OutOfTime, resumingReaders } from '../transcripts/resume.ts';
import { accountFacts, type ReadersOf, sessionName } from './account-facts.ts';
import { archiveTranscript, takeAttempt } from './attempt.ts';
import { Checkpoints } from './checkpoints.ts';
import type { Dependencies } from './dependencies.ts';
import { work } from './keys.ts';
import { fetchPointer, fromJson, fromJsonGz, toJson } from './stored.ts';

export interface CollectAccountInput {
  readonly night: Night;
  readonly planned: PlannedAccount;
  readonly organization: Pointer;
  /** How often this account was asked already. */
  readonly asked: number;
}

export interface CollectAccountOutput {
  readonly done: boolean;
  /** Something passing (throttling, a time-out) hid an answer: ask once more, later. */
  readonly again: boolean;
  readonly asked: number;
  readonly receipt: Receipt;
}

const asksAtMost = 2;

/**
 * Reads one account through recording readers and archives the recording; returns a receipt, never the inventory. Answers are stored
 * while they come: what an earlier try stored is not asked again, and where there is no time for the rest the workflow comes back.
 */
export async function collectAccount(
  input: CollectAccountInput,
  { store, readers, pause, mayAsk = () => true }: Dependencies,
): Promise<CollectAccountOutput> {
  const { night, planned, asked } = input;
  const { account } = planned;
  const standing = await store.get('work', work.receipt(night.run, account));
  if (standing !== undefined) return { done: true, again: false, asked: asked + 1, receipt: fromJson(standing) };
  const shared = fromJsonGz<SharedFacts>(await fetchPointer(store, 'work', input.organization));
  const tapes = new Map<string, TranscriptLine[]>();
  const checkpoints = await Checkpoints.open({ store, night, owner: account });
  const through = resuming(checkpoints, tapes, readers, mayAsk);
  const facts = await inTime(accountFacts(through, planned, sessionName(night.run), shared, pause));
  const again = facts !== null && asked + 1 < asksAtMost && hidBySomethingPassing(facts);
  if (facts === null || again) {
    await checkpoints.flush();
    return { done: facts !== null, again, asked: again ? asked + 1 : asked, receipt: noReceipt(account) };
  }
  const attempt = await takeAttempt(store, night, account);
  const evidence = await archiveTranscript(store, night, account, attempt, tapes);
  const receipt = { account, attempt, evidence };
  await store.put('work', work.receipt(night.run, account), toJson(receipt)); // a night taken up again does not read it a second time
  return { done: true, again: false, asked: asked + 1, receipt };
}

/** Each collector's readers: taped, over what an earlier try stored of it, over AWS, whose answers are stored. */
export function resuming(
  checkpoints: Checkpoints,
  tapes: Map<string, TranscriptLine[]>,
  readers: Dependencies['readers'],
  mayAsk: () => boolean,
): ReadersOf {
  const over = new Map<string, Dependencies['readers']>();
  return (collector) => {
    const stored = checkpoints.stored.get(collector) ?? [];
    const there = over.get(collector) ?? resumingReaders(stored, checkpoints.storing(readers, collector), mayAsk);
    over.set(collector, there);
    return taping(tapes, there)(collector);
  };
}

/** The facts, or null where there was no time to read them all. */
async function inTime(facts: Promise<AccountFacts>): Promise<AccountFacts | null> {
  try {
    return await facts;
  } catch (error) {
    if (error instanceof OutOfTime) return null;
    throw error;
  }
}

/** The account is not collected yet: no attempt counts. */
const noReceipt = (account: AccountId): Receipt => ({ account, attempt: 0, evidence: [] });

/** Readers that tape each collector's calls apart: one evidence file per collector. */
export function taping(tapes: Map<string, TranscriptLine[]>, readers: Dependencies['readers']): ReadersOf {
  return (collector) => {
    const tape = tapes.get(collector) ?? [];
    tapes.set(collector, tape);
    return recordingReaders(readers, (line) => tape.push(packed(line)));
  };
}

function hidBySomethingPassing(facts: AccountFacts): boolean {
  const unread = unknownsIn({ ...facts, lastAccessed: unreadAmong(facts.lastAccessed) });
  return unread.some(({ gap }) => isPassing(gap));
}
