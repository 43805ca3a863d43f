import type { Ceiling } from '../../catalogue/rates.ts';

/** How a rate answers to throttling. The figures are ours: AWS says to slow down, not by how much. */
const halving = 2;
/** A rate never falls below this part of its ceiling, so that no call waits for ever. */
const floor = 1 / 10;
/** From nothing to the ceiling in this many seconds: from half of it in one minute. */
const secondsToRestore = 120;
/** Additions of fractions are not exact: a bucket that is this near to a whole token has it. */
const rounding = 1e-9;

/**
 * A token bucket whose rate is halved when AWS throttles and restored little by little, up to its ceiling (AIMD). Times are seconds of
 * any clock that does not run backwards.
 */
export class Bucket {
  /** Calls that wait for this bucket or are under way: while there are any, it must not be forgotten. */
  users = 0;
  readonly #ceiling: Ceiling;
  readonly #adapts: boolean;
  #tokens: number;
  #rate: number;
  #at: number;
  #halvedAt = Number.NEGATIVE_INFINITY;

  /** `adapts` is false for a cap of our own, of which throttling says nothing. */
  constructor(ceiling: Ceiling, adapts: boolean, moment: number) {
    this.#ceiling = ceiling;
    this.#adapts = adapts;
    this.#tokens = ceiling.burst;
    this.#rate = ceiling.rate;
    this.#at = moment;
  }

  /** Seconds until a call may go: 0 for now. */
  wait(moment: number): number {
    this.#refill(moment);
    return this.#tokens + rounding >= 1 ? 0 : (1 - this.#tokens) / this.#rate;
  }

  take(moment: number): void {
    this.#refill(moment);
    this.#tokens -= 1;
  }

  /**
   * AWS throttled a call that had gone at `wentAt`. Calls that went before the last halving belong to the same episode: they were
   * sent at the old rate and say nothing of the new one. AWS's own bucket is empty, so ours is.
   */
  throttled(wentAt: number, moment: number): void {
    if (!this.#adapts || wentAt <= this.#halvedAt) return;
    this.#refill(moment);
    this.#rate = Math.max(this.#ceiling.rate * floor, this.#rate / halving);
    this.#tokens = Math.min(this.#tokens, 0);
    this.#halvedAt = moment;
  }

  /** Nobody needs it and it is as good as new. */
  isSpare(moment: number): boolean {
    this.#refill(moment);
    return this.users === 0 && this.#tokens === this.#ceiling.burst && this.#rate === this.#ceiling.rate;
  }

  /** Tokens at the rate of the last moment, which was not above today's; then the rate itself. */
  #refill(moment: number): void {
    const elapsed = Math.max(0, moment - this.#at);
    const { rate, burst } = this.#ceiling;
    this.#tokens = Math.min(burst, this.#tokens + this.#rate * elapsed);
    this.#rate = Math.min(rate, this.#rate + (rate / secondsToRestore) * elapsed);
    this.#at += elapsed;
  }
}
