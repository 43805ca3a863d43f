import { pagesOf } from '../catalogue/paging.ts';
import type { Night } from '../domain/night.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { AwsReaders, Input, Owner } from '../ports/aws-reader.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeLines, encodeLines } from '../transcripts/lines.ts';
import { packed } from '../transcripts/packed.ts';
import { recordingReaders } from '../transcripts/record.ts';
import { work } from './keys.ts';

/** So many answers, or so many seconds, are lost at most where a process is killed. */
const answersAtOnce = 25;
const secondsBetween = 10;

/** A stored answer, and which collector asked. */
interface StoredLine {
  readonly collector: string;
  readonly line: TranscriptLine;
}

/** The answers of one owner as AWS gives them, stored part by part while they are collected: what is stored is never asked again. */
export class Checkpoints {
  /** What earlier tries stored, by collector, in the order of the calls. */
  readonly stored: ReadonlyMap<string, readonly TranscriptLine[]>;
  readonly #store: ObjectStore;
  readonly #keyOf: (part: number) => string;
  readonly #often: boolean;
  readonly #now: () => number;
  #part: number;
  #pending: StoredLine[] = [];
  #flushedAt: number;

  private constructor(
    stored: ReadonlyMap<string, readonly TranscriptLine[]>,
    parts: number,
    { store, night, owner, now = () => performance.now() / 1_000 }: CheckpointPlace,
  ) {
    this.stored = stored;
    this.#store = store;
    this.#keyOf = (part) => work.partial(night.run, owner, part);
    this.#often = night.input.source === 'aws'; // recorded and simulated answers cost nothing to ask again
    this.#now = now;
    this.#part = parts;
    this.#flushedAt = now();
  }

  /** Reads what is stored and goes on behind it. */
  static async open(place: CheckpointPlace): Promise<Checkpoints> {
    const stored = new Map<string, TranscriptLine[]>();
    for (let part = 1; ; part++) {
      const bytes = await place.store.get('work', work.partial(place.night.run, place.owner, part));
      if (bytes === undefined) return new Checkpoints(stored, part - 1, place);
      for await (const { collector, line } of decodeLines<StoredLine>(bytes)) {
        const lines = stored.get(collector) ?? [];
        stored.set(collector, lines);
        lines.push(packed(line));
      }
    }
  }

  /** Readers whose answers are stored for a collector. They lie next to AWS: what an earlier try stored does not pass them. */
  storing(readers: AwsReaders, collector: string): AwsReaders {
    const recorded = recordingReaders(readers, (line) => this.#pending.push({ collector, line: packed(line) }));
    return {
      accounts: () => readers.accounts(),
      for: (scope) => {
        const reader = recorded.for(scope);
        const call = async <O extends Operation>(operation: O, input: Input<O>) => {
          try {
            return await reader.call(operation, input);
          } finally {
            if (this.#isDue()) await this.flush();
          }
        };
        return { call, pages: (operation, input) => pagesOf(call, operation, input) };
      },
    };
  }

  /** Takes answers that were read elsewhere; `flush` stores them. */
  add(collector: string, lines: readonly TranscriptLine[]): void {
    for (const line of lines) this.#pending.push({ collector, line });
  }

  /** Stores what is not stored yet, as a part of its own. */
  async flush(): Promise<void> {
    const lines = this.#pending;
    this.#pending = [];
    this.#flushedAt = this.#now();
    if (lines.length === 0) return;
    const bytes = await encodeLines(lines);
    do this.#part += 1;
    while ((await this.#store.putIfAbsent('work', this.#keyOf(this.#part), bytes)) === 'exists');
  }

  #isDue(): boolean {
    if (!this.#often) return false;
    return this.#pending.length >= answersAtOnce || this.#now() - this.#flushedAt >= secondsBetween;
  }
}

/** Where the answers of one owner are stored. */
export interface CheckpointPlace {
  readonly store: ObjectStore;
  readonly night: Night;
  readonly owner: Owner;
  /** Seconds of a clock that does not run backwards. */
  readonly now?: () => number;
}
