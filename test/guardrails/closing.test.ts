import { accountId } from '../../src/domain/ids.ts';
import { unitsOf } from '../../src/guardrails/closing.ts';
import type { Guardrail } from '../../src/guardrails/define.ts';
import { gradeOf } from '../../src/guardrails/grade.ts';
import * as index from '../../src/guardrails/index.ts';
import { documentOf, type Entry, packed, sizeOf, statementsFrom } from '../../src/guardrails/statements.ts';
import { fullAccess } from '../../src/iam/full-access.ts';
import { parsePolicy } from '../../src/iam/parse.ts';

const account = accountId('111122223333');
const guardrails: readonly Guardrail[] = Object.values(index);
const settings = [
  { maxKeyAgeDays: 90, allowedAudiences: [] },
  { maxKeyAgeDays: 30, allowedAudiences: ['https://one.example', 'https://two.example'] },
];
const whole = (guardrail: Guardrail, at: number, exempt: readonly string[] = []): Entry[] =>
  guardrail.closings(settings[at] ?? { maxKeyAgeDays: 1, allowedAudiences: [] }).map((closing) => ({
    closing,
    actions: closing.actions,
    exempt,
  }));
const fenceOf = (...entries: Entry[]) => {
  const scp = parsePolicy(documentOf(statementsFrom(entries)), 'scp', 'closing');
  return { account, organization: null, scps: [[fullAccess, scp]], rcps: [] };
};

describe.each(guardrails.map((it) => [it.id, it] as const))('%s', (_, guardrail) => {
  test.each([0, 1])(
    'its statements close every request of it, each action some, and leave out no probe (settings %i)',
    (at) => {
      const guarded = { account, ...(settings[at] ?? { maxKeyAgeDays: 1, allowedAudiences: [] }) };
      expect(gradeOf(guardrail, guarded, fenceOf(...whole(guardrail, at))).grade).toBe('enforced');
      const units = unitsOf([guardrail], guarded);
      expect(units.filter(({ closes }) => closes.length === 0)).toEqual([]);
      expect(new Set(units.flatMap(({ closes }) => closes)).size).toBe(guardrail.probes(guarded).length);
    },
  );

  test('an exempt principal is named, nobody else; what it denies is nothing but its own actions', () => {
    const guarded = { account, maxKeyAgeDays: 90, allowedAudiences: [] };
    const arn = `arn:aws:iam::${account}:role/in-use`;
    const { grade, exemptions } = gradeOf(guardrail, guarded, fenceOf(...whole(guardrail, 0, [arn])));
    expect([grade, exemptions.map(({ values }) => values)]).toEqual(['enforced-with-exceptions', [[arn]]]);
    expect(gradeOf(guardrail, guarded, fenceOf(...whole(guardrail, 0, [arn])), [arn]).grade).toBe('enforced');
    const actionsOf = (of: Guardrail) => new Set(of.probes(guarded).map(({ action }) => action));
    const own = actionsOf(guardrail);
    const others = guardrails.filter((it) => ![...actionsOf(it)].some((action) => own.has(action)));
    expect(others.length).toBeGreaterThan(0);
    for (const other of others) expect(gradeOf(other, guarded, fenceOf(...whole(guardrail, 0))).grade).toBe('absent');
  });
});

test('one Sid for each statement; all of them fit into one SCP', () => {
  const statements = statementsFrom(guardrails.flatMap((guardrail) => whole(guardrail, 0)));
  const twice = documentOf([...statements, ...statements]);
  expect(new Set(twice.Statement.map(({ Sid }) => Sid)).size).toBe(2 * statements.length);
  for (const { Sid } of twice.Statement) expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
  expect(sizeOf(documentOf(statements))).toBeLessThan(5_120);
  expect(packed(statements, 10_240)).toHaveLength(1);
});

test('statements are split over documents within the size, none is lost, one too large is told', () => {
  const statements = statementsFrom(guardrails.flatMap((guardrail) => whole(guardrail, 0)));
  const documents = packed(statements, 1_200) ?? [];
  expect(documents.length).toBeGreaterThan(2);
  for (const document of documents) expect(JSON.stringify(document).length).toBeLessThanOrEqual(1_200);
  const sids = documents.flatMap(({ Statement }) => Statement.map(({ Sid }) => Sid));
  expect(sids.sort()).toEqual(statements.map(({ Sid }) => Sid).sort());
  expect(packed(statements, 200)).toBeNull();
});
