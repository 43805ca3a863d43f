import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import { isPassing } from '../domain/gap.ts';
import type { AccountId } from '../domain/ids.ts';
import type { Night, PlannedAccount, Pointer } from '../domain/night.ts';
import { unknownsIn, unreadAmong } from '../domain/reading.ts';
import type { AccountResult, Receipt } from '../domain/result.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeLines, encodeLines } from '../transcripts/lines.ts';
import { recordingReaders } from '../transcripts/record.ts';
import { OutOfTime, resumingReaders } from '../transcripts/resume.ts';
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

/**
 * Reads one account through recording readers and archives the recording; returns a receipt, never the inventory. What an earlier try
 * was answered is not asked again; where there is no time for the rest, the answers so far are stored and the workflow comes back.
 */
export async function collectAccount(
  input: CollectAccountInput,
  { store, readers, pause, mayAsk = () => true }: Dependencies,
): Promise<CollectAccountOutput> {
  const { night, planned, asked } = input;
  const standing = await standingReceipt(input, store);
  if (standing !== undefined) return { done: true, again: false, asked: asked + 1, receipt: standing };
  const shared = fromJsonGz<SharedFacts>(await fetchPointer(store, 'work', input.organization));
  const tapes = new Map<string, TranscriptLine[]>();
  const stored = await partialOf(store, night, planned.account);
  const through = resuming(stored, tapes, readers, mayAsk);
  const facts = await inTime(accountFacts(through, planned, sessionName(night.run), shared, pause));
  const again = facts !== null && asked + 1 < asksAtMost && hidBySomethingPassing(facts);
  if (facts === null || again)
    await store.put('work', work.partial(night.run, planned.account), encodeLines(taped(tapes)));
  if (facts === null || again)
    return { done: facts !== null, again, asked: again ? asked + 1 : asked, receipt: noReceipt(planned.account) };
  const attempt = await takeAttempt(store, night, planned.account);
  const evidence = await archiveTranscript(store, night, planned.account, attempt, tapes);
  return { done: true, again: false, asked: asked + 1, receipt: { account: planned.account, attempt, evidence } };
}

/** A partial transcript keeps beside each line which collector asked. */
interface PartialLine {
  readonly collector: string;
  readonly line: TranscriptLine;
}

const taped = (tapes: ReadonlyMap<string, readonly TranscriptLine[]>): PartialLine[] =>
  [...tapes].flatMap(([collector, lines]) => lines.map((line) => ({ collector, line })));

async function partialOf(store: ObjectStore, night: Night, account: string): Promise<Map<string, TranscriptLine[]>> {
  const bytes = await store.get('work', work.partial(night.run, account));
  const byCollector = new Map<string, TranscriptLine[]>();
  for (const { collector, line } of bytes === undefined ? [] : decodeLines<PartialLine>(bytes)) {
    const lines = byCollector.get(collector);
    if (lines === undefined) byCollector.set(collector, [line]);
    else lines.push(line);
  }
  return byCollector;
}

/** Each collector's readers: taped, over what an earlier try stored of it, over AWS. */
function resuming(
  stored: ReadonlyMap<string, readonly TranscriptLine[]>,
  tapes: Map<string, TranscriptLine[]>,
  readers: Dependencies['readers'],
  mayAsk: () => boolean,
): ReadersOf {
  const over = new Map<string, Dependencies['readers']>();
  return (collector) => {
    const there = over.get(collector) ?? resumingReaders(stored.get(collector) ?? [], readers, mayAsk);
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
