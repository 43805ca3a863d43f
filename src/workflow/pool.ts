/** Does work 0 to `count` - 1, at most `width` at a time, results in order. Once `stopped` nothing new is begun: undefined. */
export async function inPool<T>(
  count: number,
  width: number,
  work: (index: number) => Promise<T>,
  stopped: () => boolean,
): Promise<readonly (T | undefined)[]> {
  const results: (T | undefined)[] = new Array(count).fill(undefined);
  let next = 0;
  async function worker(): Promise<void> {
    while (next < count && !stopped()) {
      const index = next++;
      results[index] = await work(index);
    }
  }
  await Promise.all(Array.from({ length: Math.min(width, count) }, worker));
  return results;
}
