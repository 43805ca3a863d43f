import { accountsLine, progressTo, spanText } from '../../src/cli/progress.ts';
import type { AccountStatus } from '../../src/domain/tables.ts';
import type { WorkflowEvent } from '../../src/workflow/surroundings.ts';

/** What a night of four accounts writes, on a terminal that redraws or into a pipe. */
function written(live: boolean, quiet = false): string {
  let seconds = 0;
  const texts: string[] = [];
  const ticks: (() => void)[] = [];
  const every = (what: () => void) => {
    ticks.push(what);
    return () => void ticks.pop();
  };
  const progress = progressTo({ live, env: {}, out: () => {}, err: (text) => void texts.push(text) }, quiet, {
    now: () => seconds,
    calls: () => 120,
    every,
  });
  const event = (it: WorkflowEvent) => progress.onEvent(it);
  event({ kind: 'state-entered', path: 'MeasureAccounts', type: 'Map' });
  event({ kind: 'map-started', path: 'MeasureAccounts', items: 4 });
  const statuses: AccountStatus[] = ['measured', 'partial', 'failed', 'measured'];
  for (const [index, status] of statuses.entries()) {
    seconds += 30;
    for (const tick of ticks) tick();
    progress.onAccount(status);
    event({ kind: 'item-finished', path: 'MeasureAccounts', index, status: 'SUCCEEDED' });
  }
  event({ kind: 'map-started', path: 'MergeBatches', items: 9 });
  event({ kind: 'item-finished', path: 'MergeBatches', index: 0, status: 'SUCCEEDED' });
  progress.end();
  expect(ticks).toEqual([]);
  return texts.join('');
}

test('in a pipe: one line for the stage and one for its end', () => {
  expect(written(false)).toBe('… measuring accounts\n… measuring accounts 4 of 4, 1 partly, 1 failed, 120 calls\n');
});
test('on a terminal: one line that tells done, failed, left and the time left', () => {
  const lines = written(true).split('\r\u001b[K');
  expect(lines).toContain('… measuring accounts 2 of 4, 1 partly, 2 to go, about 1 min left, 120 calls');
  expect(lines.at(-1)).toBe('');
});
test('quiet writes nothing', () => expect(written(true, true)).toBe(''));

test('nobody can say how long it takes before an account is done', () => {
  const none = { items: 3, done: 0, counts: {}, calls: null, seconds: 50 };
  expect(accountsLine(none)).toBe('… measuring accounts 0 of 3, 3 to go');
});
test.each([
  [0.2, '1 s'],
  [42, '42 s'],
  [600, '10 min'],
  [3_600, '1 h'],
  [12_000, '3 h 20 min'],
])('%d seconds are %s', (seconds, text) => expect(spanText(seconds)).toBe(text));
