import fc from 'fast-check';
import { periodKinds, quietStatuses } from '../../src/domain/change-table.ts';
import { type FindingRow, findingStatuses, severities } from '../../src/domain/tables.ts';
import { ChangeTally, isOfOpen } from '../../src/history/change-tally.ts';

const row = fc.option(fc.record({ status: fc.constantFrom(...findingStatuses) }).map((it) => it as FindingRow));
const change = fc
  .record({ kind: fc.constantFrom(...periodKinds), before: row, after: row, severity: fc.constantFrom(...severities) })
  .map((it) => ({ ...it, open: isOfOpen(it.kind, [it.before, it.after]) }));
const sum = (counts: object): number => Object.values(counts).reduce((all, count) => all + count, 0);

test('every change is counted once: by severity where it is or was open, else by how it stood', () => {
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const tally = new ChangeTally(periodKinds);
      for (const it of changes) tally.add(it, it.severity);
      const { counts, bySeverity, others } = tally.totals();
      for (const kind of periodKinds) {
        const own = changes.filter((it) => it.kind === kind);
        expect(counts[kind] + sum(others[kind])).toBe(own.length);
        expect(severities.reduce((all, severity) => all + bySeverity[severity][kind], 0)).toBe(counts[kind]);
      }
    }),
  );
});

test.each([
  { kind: 'gone', before: 'pass', after: null, open: false, status: 'pass' },
  { kind: 'gone', before: 'fail', after: null, open: true },
  { kind: 'appeared', before: null, after: 'not-measured', open: false, status: 'not-measured' },
  { kind: 'not-re-measured', before: 'pass', after: 'not-measured', open: false, status: 'pass' },
  { kind: 'not-re-measured', before: 'fail', after: null, open: true },
  { kind: 'measured-again', before: 'not-measured', after: 'not-applicable', open: false, status: 'not-applicable' },
  { kind: 'resolved', before: 'not-measured', after: 'pass', open: true },
] as const)('$kind, $before, then $after: open $open', ({ kind, before, after, open, ...more }) => {
  const rows = { before, after };
  const [from, to] = [rows.before, rows.after].map((status) => (status === null ? null : ({ status } as FindingRow)));
  expect(isOfOpen(kind, [from ?? null, to ?? null])).toBe(open);
  const tally = new ChangeTally([kind]);
  tally.add({ kind, before: from ?? null, after: to ?? null, open }, 'critical');
  expect(tally.bySeverity.critical[kind]).toBe(open ? 1 : 0);
  const status = 'status' in more ? more.status : null;
  expect(tally.others[kind]).toEqual(Object.fromEntries(quietStatuses.map((it) => [it, it === status ? 1 : 0])));
});
