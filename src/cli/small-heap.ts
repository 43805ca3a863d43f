import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the part of the heap where objects begin as small as it is, where V8 would let it double up to 32 MB: a night makes much that it needs
 * for a moment only. A sixth to a quarter less memory at its peak, for less than a tenth more processor time (bench/README.md). V8 reads the
 * flag whenever it would grow.
 */
export function keepYoungHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Has V8 collect garbage early as well, rather than let the heap grow: a live run waits for AWS, not for the processor, and one account of
 * thousands of roles brings gigabytes of answers that are looked at once (design §8). Measured by `bench/large-account.ts`.
 */
export function preferSmallHeap(): void {
  keepYoungHeapSmall();
  setFlagsFromString('--heap-growing-percent=20');
}
