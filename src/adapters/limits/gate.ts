import type { Bucket } from './bucket.ts';

/** Time as the wrappers see it, in seconds. `now` counts from anywhere and must not run backwards. */
export interface Time {
  now(): number;
  sleep(seconds: number): Promise<void>;
}

/** Lets calls through when their buckets have a token each. */
export interface Gate {
  /** Resolves to the moment at which the call was let through, its tokens taken. */
  pass(buckets: readonly Bucket[]): Promise<number>;
}

interface Waiting {
  readonly buckets: readonly Bucket[];
  readonly go: (moment: number) => void;
  readonly fail: (error: unknown) => void;
}

/** Clocks and timers count whole milliseconds. */
const shortestSleep = 0.001;

/**
 * Of the calls whose buckets all have a token, the one that came first goes, and takes all its tokens at once; a call that cannot go
 * holds no token back. So one slow account does not stop the others at a bucket they share. Nobody starves: the buckets of a call lie
 * within each other, and a token of a narrow bucket can only go to an older call of that same bucket.
 */
export function gate({ now, sleep }: Time): Gate {
  let waiting: Waiting[] = [];
  let wakesAt = Number.POSITIVE_INFINITY;

  const letThrough = (): void => {
    const moment = now();
    let soonest = Number.POSITIVE_INFINITY;
    waiting = waiting.filter((call) => {
      const seconds = secondsTo(call.buckets, moment);
      if (seconds === 0) goes(call, moment);
      else soonest = Math.min(soonest, seconds);
      return seconds > 0;
    });
    if (waiting.length > 0) wake(moment + Math.max(shortestSleep, soonest), moment);
  };
  const wake = (at: number, moment: number): void => {
    if (at >= wakesAt) return;
    wakesAt = at;
    sleep(at - moment).then(() => {
      if (wakesAt === at) wakesAt = Number.POSITIVE_INFINITY;
      letThrough();
    }, failAll);
  };
  /** A sleep that was broken off ends those who waited for it. */
  const failAll = (error: unknown): void => {
    const failed = waiting;
    waiting = [];
    wakesAt = Number.POSITIVE_INFINITY;
    for (const { fail } of failed) fail(error);
  };
  return {
    pass: (buckets) =>
      new Promise((go, fail) => {
        const behindAnother = waiting.some((call) => call.buckets[0] === buckets[0]); // in the same narrowest bucket: not yet its turn
        waiting.push({ buckets, go, fail });
        if (!behindAnother) letThrough();
      }),
  };
}

function goes({ buckets, go }: Waiting, moment: number): void {
  for (const bucket of buckets) bucket.take(moment);
  go(moment);
}

function secondsTo(buckets: readonly Bucket[], moment: number): number {
  let longest = 0;
  for (const bucket of buckets) longest = Math.max(longest, bucket.wait(moment));
  return longest;
}
