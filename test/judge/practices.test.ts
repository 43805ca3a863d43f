import fc from 'fast-check';
import { type PartState, type PracticeState, partStates, practiceIds, together } from '../../src/domain/practice.ts';
import { type GuardrailRow, guardrailGrades } from '../../src/domain/tables.ts';
import { judgePractices, type PracticeEvidence } from '../../src/judge/practices.ts';
import { credentialRow, guardrailRow, loggingRow } from '../reports/support/rows.ts';

const account = '111111111111';
type Grade = GuardrailRow['grade'];
const [admin, data] = ['ai-workspace-admin-allow-list', 'ai-workspace-data-allow-list'];
const [making, using] = ['no-ai-key-creation', 'no-long-term-ai-key-use'];

const guardrail = (id: string, grade: Grade, more: Partial<GuardrailRow> = {}): GuardrailRow =>
  guardrailRow(account, id, { grade, open: grade === 'partial' ? 2 : 0, ...more });
const exempting = (broad: boolean, free: boolean | null = false): Partial<GuardrailRow> => ({
  exemptions: [{ key: 'aws:principalarn', values: ['arn:aws:iam::*:role/x'], broad, existing: [], free, used: null }],
});
const evidence = (more: Partial<PracticeEvidence> = {}): PracticeEvidence => ({
  account,
  guardrails: [],
  credentials: [],
  keysRead: true,
  cells: [],
  cellsRead: true,
  ...more,
});
const stateIn = (practice: string, of: PracticeEvidence): PracticeState | undefined =>
  judgePractices(of).find((row) => row.practice === practice)?.state;

describe('workspace administration', () => {
  test.each<{ grades: [Grade, Grade]; state: PracticeState }>([
    { grades: ['enforced', 'enforced'], state: 'in-place' },
    { grades: ['enforced-with-exceptions', 'enforced-with-exceptions'], state: 'in-place' },
    { grades: ['enforced', 'absent'], state: 'partly' },
    { grades: ['partial', 'absent'], state: 'partly' },
    { grades: ['absent', 'absent'], state: 'open' },
    { grades: ['enforced', 'not-measured'], state: 'not-measured' },
    { grades: ['absent', 'not-measured'], state: 'open' },
    { grades: ['not-measured', 'not-measured'], state: 'not-measured' },
    { grades: ['not-applicable', 'not-applicable'], state: 'not-applicable' },
  ])('$grades: $state', ({ grades: [one, other], state }) => {
    const guardrails = [guardrail(admin, one, exempting(false)), guardrail(data, other, exempting(false))];
    expect(stateIn('workspace-administration', evidence({ guardrails }))).toBe(state);
  });

  test('an allow-list that lets anybody in is none', () => {
    const guardrails = [admin, data].map((id) => guardrail(id, 'enforced-with-exceptions', exempting(true)));
    expect(stateIn('workspace-administration', evidence({ guardrails }))).toBe('partly');
  });

  test.each([
    { free: true, state: 'partly' },
    { free: null, state: 'not-measured' },
    { free: false, state: 'in-place' },
  ])('an allow-list of a name that somebody may take (free: $free): $state', ({ free, state }) => {
    const guardrails = [admin, data].map((id) => guardrail(id, 'enforced-with-exceptions', exempting(false, free)));
    expect(stateIn('workspace-administration', evidence({ guardrails }))).toBe(state);
  });

  test('where no guardrail was judged nothing is known', () => {
    expect(stateIn('workspace-administration', evidence())).toBe('not-measured');
  });
});

describe('no long-term AI credentials', () => {
  const fenced = [guardrail(making, 'enforced'), guardrail(using, 'enforced')];
  const open = [guardrail(making, 'absent'), guardrail(using, 'absent')];
  const management = [guardrail(making, 'not-applicable'), guardrail(using, 'not-applicable')];
  const usable = [credentialRow(account, 'mara', { use: 'open' })];
  const stopped = [credentialRow(account, 'mara', { use: 'denied' })];
  const dead = [
    credentialRow(account, 'mara', { live: false }),
    credentialRow(account, 'mara', { ai: false, use: null }),
  ];

  test.each<{ name: string; of: Partial<PracticeEvidence>; state: PracticeState }>([
    { name: 'no key, none can be made or used', of: { guardrails: fenced }, state: 'in-place' },
    {
      name: 'dead keys and credentials of other services',
      of: { guardrails: fenced, credentials: dead },
      state: 'in-place',
    },
    { name: 'no key, nothing stops one', of: { guardrails: open }, state: 'partly' },
    { name: 'a key that is denied', of: { guardrails: fenced, credentials: stopped }, state: 'partly' },
    {
      name: 'a key that can be used, whatever else is fenced',
      of: { guardrails: fenced, credentials: usable },
      state: 'open',
    },
    {
      name: 'an exception from a ban',
      of: { guardrails: [guardrail(making, 'enforced-with-exceptions'), guardrail(using, 'enforced')] },
      state: 'partly',
    },
    { name: 'keys not read, all fenced', of: { guardrails: fenced, keysRead: false }, state: 'not-measured' },
    { name: 'keys not read, nothing fenced', of: { guardrails: open, keysRead: false }, state: 'open' },
    {
      name: 'keys not read, their use half fenced: one may be there and be used',
      of: { guardrails: [guardrail(making, 'enforced'), guardrail(using, 'partial')], keysRead: false },
      state: 'not-measured',
    },
    { name: 'a key seen although others were not', of: { credentials: usable, keysRead: false }, state: 'open' },
    { name: 'the management account, which nothing fences', of: { guardrails: management }, state: 'partly' },
  ])('$name: $state', ({ of, state }) => {
    expect(stateIn('no-long-term-ai-credentials', evidence(of))).toBe(state);
  });
});

describe('AI data events logged', () => {
  const cell = (status: 'covered' | 'partial' | 'not-covered' | 'not-measured', at: number, core = true) =>
    loggingRow(account, `region-${at}`, 'AWS::Bedrock::Model', { status, core });

  test.each<{ name: string; of: Partial<PracticeEvidence>; state: PracticeState }>([
    { name: 'every cell', of: { cells: [cell('covered', 1), cell('covered', 2)] }, state: 'in-place' },
    { name: 'of assumed Regions', of: { cells: [cell('covered', 1)], cellsRead: false }, state: 'not-measured' },
    { name: 'some', of: { cells: [cell('covered', 1), cell('not-covered', 2)] }, state: 'partly' },
    { name: 'narrowed', of: { cells: [cell('partial', 1), cell('not-covered', 2)] }, state: 'partly' },
    { name: 'none', of: { cells: [cell('not-covered', 1)] }, state: 'open' },
    { name: 'one not read', of: { cells: [cell('covered', 1), cell('not-measured', 2)] }, state: 'not-measured' },
    {
      name: 'classes that do not count',
      of: { cells: [cell('covered', 1), cell('not-covered', 2, false)] },
      state: 'in-place',
    },
    { name: 'no cell at all', of: {}, state: 'not-measured' },
  ])('$name: $state', ({ of, state }) => {
    expect(stateIn('ai-data-events-logged', evidence(of))).toBe(state);
  });
});

/** Whether one word claims more than another: "not measured" claims nothing. */
const order = ['open', 'partly', 'in-place'];
const isBetter = (one: string, other: string): boolean =>
  one !== 'not-measured' && (other === 'not-measured' ? one === 'in-place' : order.indexOf(one) > order.indexOf(other));

const part = fc.constantFrom(...partStates);

test('losing parts never makes the word for them all better', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(part, fc.boolean()), { maxLength: 5 }), (parts) => {
      const whole = together(parts.map(([state]) => state));
      const lost = together(parts.map(([state, gone]): PartState => (gone ? 'not-measured' : state)));
      expect(isBetter(lost, whole)).toBe(false);
    }),
  );
});

test('whatever is lost of an account, no practice looks better', () => {
  const grade = fc.constantFrom(...guardrailGrades.filter((it) => it !== 'not-applicable'));
  const use = fc.constantFrom('denied', 'open', 'not-measured');
  const status = fc.constantFrom('covered', 'partial', 'not-covered', 'not-measured');
  const given = fc.record({
    grades: fc.tuple(grade, grade, grade, grade),
    keys: fc.array(use, { maxLength: 3 }),
    cells: fc.array(status, { maxLength: 4 }),
  });
  const loss = fc.record({ policies: fc.boolean(), keys: fc.boolean(), cells: fc.boolean() });
  fc.assert(
    fc.property(given, loss, ({ grades, keys, cells }, lost) => {
      const ids = [admin, data, making, using];
      // What was not read leaves open what the readable policies do not already enforce; a key may then not be known to be denied.
      const graded = (gone: boolean) =>
        ids.map((id, at) => {
          const own = grades[at] ?? 'absent';
          return guardrail(id ?? '', gone && own !== 'enforced' ? 'not-measured' : own);
        });
      const denied = grades[3] === 'enforced';
      const held = keys.map((_, at) =>
        credentialRow(account, 'mara', { credentialId: String(at), use: denied ? 'denied' : 'open' }),
      );
      const rows = cells.map((it, at) => loggingRow(account, `r${at}`, 'AWS::Bedrock::Model', { status: it }));
      const whole = judgePractices(evidence({ guardrails: graded(false), credentials: held, cells: rows }));
      const less = judgePractices(
        evidence({
          guardrails: graded(lost.policies),
          credentials: lost.keys ? [] : held,
          keysRead: !lost.keys,
          cells: lost.cells ? rows.slice(1) : rows,
          cellsRead: !lost.cells,
        }),
      );
      const better = practiceIds.filter((_, at) => isBetter(less[at]?.state ?? '', whole[at]?.state ?? ''));
      expect(better).toEqual([]);
    }),
  );
});
