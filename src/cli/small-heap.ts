import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 collect garbage early rather than let the heap grow: a live run waits for AWS, not for the processor, and one account of
 * thousands of roles brings gigabytes of answers that are looked at once (design §8). Measured by `bench/large-account.ts`.
 */
export function preferSmallHeap(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=20');
}
