import { pagesOf } from '../../catalogue/paging.ts';
import { isPassing, Refusal } from '../../domain/gap.ts';
import type { Operation } from '../../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input } from '../../ports/aws-reader.ts';
import type { Time } from './gate.ts';
import { type CallStats, count, noCalls } from './stats.ts';

export interface Patience {
  readonly sleep: Time['sleep'];
  /** From 0 up to 1, 1 excluded, as `Math.random`. */
  readonly random: () => number;
  /** How often a call is asked at most, the first time included. */
  readonly most?: number;
  readonly stats?: CallStats;
}

const usualMost = 5;
/** The longest pause after the first refusal, in seconds; it doubles with each further one, up to the second figure, which is also the SDK's. */
const firstPause = 1;
const longestPause = 20;

/**
 * Asks again what was throttled, timed out, found no way or failed on the side of AWS, after pauses with full jitter (AWS Architecture
 * Blog, "Exponential Backoff And Jitter"). The last refusal passes as it came. Wraps the budget, so that each try waits for its turn.
 */
export function retrying(readers: AwsReaders, patience: Patience): AwsReaders {
  return { for: (scope) => retryingReader(readers.for(scope), patience), accounts: () => readers.accounts() };
}

function retryingReader(
  reader: AwsReader,
  { sleep, random, most = usualMost, stats = noCalls() }: Patience,
): AwsReader {
  const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
    for (let tries = 1; ; tries++) {
      try {
        return await reader.call(operation, input);
      } catch (error) {
        if (tries >= most || !mayPass(error)) throw error;
      }
      const seconds = pauseAfter(tries, random);
      await sleep(seconds);
      count(stats.retries, operation);
      stats.backedOff += seconds;
    }
  };
  return { call, pages: (operation, input) => pagesOf(call, operation, input) };
}

function mayPass(error: unknown): boolean {
  if (!(error instanceof Refusal)) return false; // not an answer of AWS: a bug of ours
  return isPassing(error.gap);
}

const pauseAfter = (tries: number, random: () => number): number =>
  random() * Math.min(longestPause, firstPause * 2 ** (tries - 1));
