import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import { isPassing } from '../domain/gap.ts';
import type { Night, PlannedAccount, Pointer } from '../domain/night.ts';
import { unknownsIn, unreadAmong } from '../domain/reading.ts';
import type { AccountResult, Receipt } from '../domain/result.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { recordingReaders } from '../transcripts/record.ts';
import { accountFacts, type ReadersOf, sessionName } from './account-facts.ts';
import { archiveTranscript, takeAttempt } from './attempt.ts';
import type { Dependencies } from './dependencies.ts';
import { work } from './keys.ts';
import { fetchPointer, fromJsonGz } from './stored.ts';

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

/** Reads one account through recording readers and archives the recording; returns a receipt, never the inventory. */
export async function collectAccount(
  input: CollectAccountInput,
  { store, readers, pause }: Dependencies,
): Promise<CollectAccountOutput> {
  const { night, planned, asked } = input;
  const standing = await standingReceipt(input, store);
  if (standing !== undefined) return { done: true, again: false, asked: asked + 1, receipt: standing };
  const shared = fromJsonGz<SharedFacts>(await fetchPointer(store, 'work', input.organization));
  const tapes = new Map<string, TranscriptLine[]>();
  const facts = await accountFacts(taping(tapes, readers), planned, sessionName(night.run), shared, pause);
  const attempt = await takeAttempt(store, night, planned.account);
  const evidence = await archiveTranscript(store, night, planned.account, attempt, tapes);
  const again = asked + 1 < asksAtMost && hidBySomethingPassing(facts);
  return { done: true, again, asked: asked + 1, receipt: { account: planned.account, attempt, evidence } };
}

/** The receipt of an account that was judged already: in a night taken up again it is not read a second time. */
async function standingReceipt(
  { night, planned }: CollectAccountInput,
  store: ObjectStore,
): Promise<Receipt | undefined> {
  const bytes = await store.get('work', work.accountResult(night.run, planned.account));
  return bytes === undefined ? undefined : (fromJsonGz<AccountResult>(bytes).receipt ?? undefined);
}

/** Readers that tape each collector's calls apart: one evidence file per collector. */
export function taping(tapes: Map<string, TranscriptLine[]>, readers: Dependencies['readers']): ReadersOf {
  return (collector) => {
    const tape = tapes.get(collector) ?? [];
    tapes.set(collector, tape);
    return recordingReaders(readers, (line) => tape.push(line));
  };
}

function hidBySomethingPassing(facts: AccountFacts): boolean {
  const unread = unknownsIn({ ...facts, lastAccessed: unreadAmong(facts.lastAccessed) });
  return unread.some(({ gap }) => isPassing(gap));
}
