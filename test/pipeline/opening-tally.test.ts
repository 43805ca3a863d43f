import fc from 'fast-check';
import { type Gap, remedyOf } from '../../src/domain/gap.ts';
import { gapRow } from '../../src/judge/rows.ts';
import { OpeningTally } from '../../src/pipeline/opening-tally.ts';
import { openingWords } from '../../src/reports/executive/opening.ts';

const role = 'arn:aws:iam::111122223333:role/AssayReader';
const missing: Gap = { code: 'ROLE_NOT_ASSUMED', role };
const bySCP: Gap = { code: 'ROLE_NOT_ASSUMED', role, by: 'scp' };
const denied = (action: string): Gap => ({ code: 'ACCESS_DENIED', action });
const throttled: Gap = { code: 'THROTTLED', action: 'iam:ListUsers' };
const timedOut: Gap = { code: 'TIMED_OUT', action: 'iam:GetUser' };

const rowsOf = (account: string, ...gaps: readonly Gap[]) =>
  gaps.map((gap) =>
    gapRow(account, 'c', gap, { region: 'global', operation: 'action' in gap ? gap.action : 'sts:AssumeRole' }),
  );
type Status = 'measured' | 'partial' | 'failed';
const tallied = (...accounts: readonly (readonly [Status, ...Gap[]])[]): OpeningTally => {
  const tally = new OpeningTally();
  accounts.forEach(([status, ...gaps], at) => {
    tally.add(status, rowsOf(String(at), ...gaps));
  });
  return tally;
};

test('each cause has its remedy, with the accounts that need it, those of most accounts first', () => {
  const openings = tallied(
    ['failed', missing],
    ['failed', bySCP],
    ['partial', throttled, timedOut],
    ['partial', timedOut],
    ['partial', denied('iam:ListUsers'), denied('iam:GetUser')],
    ['measured', denied('config:DescribeConfigurationRecorders')],
  ).summary();
  expect(openings.map(({ accounts }) => accounts)).toEqual([2, 1, 1, 1]);
  expect(openings[0]?.remedy).toBe(remedyOf(throttled));
  expect(openings.find(({ operations }) => operations.length === 2 && operations[0] === 'iam:GetUser')?.accounts).toBe(
    2,
  );
  expect(new Set(openings.map(({ remedy }) => remedy))).toEqual(
    new Set([
      remedyOf(missing),
      remedyOf(bySCP).replace('sts:AssumeRole', '*'),
      remedyOf(throttled),
      remedyOf(denied('x:Y')).replaceAll('x:Y', '*'),
    ]),
  );
});

test('page one: as many as there is room for, each by its remedy; one cause alone as a sentence', () => {
  const words = openingWords(
    tallied(
      ['failed', missing],
      ['failed', bySCP],
      ['partial', throttled],
      ['partial', throttled],
      ['partial', denied('iam:A'), denied('iam:B')],
    ).summary(),
  );
  expect(words).toMatch(
    /^2 accounts: run again at a quieter hour\. 1 account: create .*\. 2 more remedies in the team report\.$/,
  );
  expect(openingWords(tallied(['failed', bySCP]).summary())).toBe(
    'Exempt the role Assay runs under from the SCP that denies sts:AssumeRole.',
  );
  expect(openingWords(tallied(['partial', denied('iam:A'), denied('iam:B')]).summary())).toBe(
    "Allow iam:A and iam:B in the reader role's policy.",
  );
});

const gaps = fc.array(fc.constantFrom(missing, bySCP, throttled, timedOut, denied('iam:A'), denied('iam:B')), {
  maxLength: 4,
});

test('parts of a night meet in any order', () => {
  fc.assert(
    fc.property(fc.array(gaps, { maxLength: 8 }), (accounts) => {
      const whole = tallied(...accounts.map((own) => ['partial', ...own] as const));
      const merged = new OpeningTally();
      for (const own of accounts.toReversed()) merged.merge(tallied(['partial', ...own]).toJSON());
      expect(merged.toJSON()).toEqual(whole.toJSON());
    }),
  );
});
