import type { ChangeRow } from '../../src/domain/change-table.ts';
import type { WeekSummary } from '../../src/domain/week.ts';
import type { WeekInput } from '../../src/reports/week/input.ts';
import { renderWeek } from '../../src/reports/week/render.ts';
import { weekHeadline } from '../../src/reports/week/words.ts';
import { organisation } from './support/organisations.ts';
import { templates, textOf, wordsOf } from './support/templates.ts';
import { changeRow, weekBefore, weekOf } from './support/week.ts';

const whole = organisation(3, (summary) => ({
  ...summary,
  completeness: {
    ...summary.completeness,
    accounts: { discovered: 3, measured: 3, partial: 0, failed: 0, suspended: 0, skipped: 0 },
  },
})).summary;

/** A week with so many changes of each kind, and so many figures that went worse. */
function headline(
  counts: Partial<WeekSummary['changes']['counts']>,
  more: { worse?: number; partial?: number } = {},
): string {
  const { worse = 0, partial = 0 } = more;
  const input = weekOf(weekBefore(whole), whole);
  const [figure] = input.week.figures.filter(
    ({ id, basis }) => basis === 'effective' && !id.startsWith('completeness.'),
  );
  const last = {
    ...whole,
    completeness: { ...whole.completeness, accounts: { ...whole.completeness.accounts, partial } },
  };
  return weekHeadline({
    last,
    week: {
      ...input.week,
      changes: { ...input.week.changes, counts: { ...input.week.changes.counts, ...counts } },
      figures: Array.from({ length: worse }, () => ({
        ...(figure as WeekSummary['figures'][number]),
        verdict: 'worse' as const,
      })),
    },
  });
}

const since = 'since 2026-11-17';
test.each([
  { counts: {}, says: `Neither safer nor less safe ${since}: no finding was opened or closed.` },
  { counts: { resolved: 2 }, says: `Safer ${since}: 2 findings are resolved.` },
  {
    counts: { resolved: 2 },
    more: { partial: 1 },
    says: `Safer, as far as could be measured, ${since}: 2 findings are resolved.`,
  },
  { counts: { new: 1 }, says: `Less safe ${since}: 1 finding is new.` },
  { counts: { reopened: 1 }, says: `Less safe ${since}: 1 finding came back.` },
  {
    counts: { new: 3, reopened: 1, resolved: 5 },
    says: `Safer in part, less safe in part ${since}: 3 findings are new, 1 came back, 5 are resolved.`,
  },
  {
    counts: { resolved: 5, 'not-re-measured': 4 },
    says: `Not known whether we are safer ${since}: 5 findings are resolved, 4 that were open were not measured again.`,
  },
  {
    counts: { resolved: 5 },
    more: { worse: 1 },
    says: `Safer in part, less safe in part ${since}: 5 findings are resolved, 1 figure is worse.`,
  },
  { counts: { gone: 9 }, says: `Neither safer nor less safe ${since}: no finding was opened or closed.` },
])('$says', ({ counts, more, says }) => expect(headline(counts, more)).toBe(says));

test('one night alone claims nothing', () =>
  expect(weekHeadline(weekOf(null, whole))).toBe('One night alone: there is nothing to compare it with yet.'));

async function documents(audience: 'executive' | 'team', input: WeekInput): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for await (const document of renderWeek(audience, input, templates)) found.set(document.path, textOf(document));
  return found;
}

test('every change is reachable: a full page leads to the next, and no row is lost', async () => {
  const rows = Array.from({ length: 2_001 }, (_, index) =>
    changeRow({ resource: `r${index}`, kind: 'gone', before: 'fail', after: null }),
  );
  const pages = await documents('team', weekOf(weekBefore(whole), whole, rows));
  const own = ['changes/gone.html', 'changes/gone-2.html', 'changes/gone-3.html'].map((path) => pages.get(path) ?? '');
  expect(own.map((page) => page.match(/<tr data-row/g)?.length)).toEqual([1_000, 1_000, 1]);
  expect(own[0]).toContain('href="gone-2.html"');
  expect(wordsOf(pages.get('index.html') ?? '')).toContain('25 of 2 001 are listed here');
});

test('what a person takes up: grouped by control and account, none that an exception covers, linked to its row', async () => {
  const row = (resource: string, more: Partial<ChangeRow> = {}): ChangeRow => changeRow({ resource, ...more });
  const rows = [
    row('one'),
    row('two'),
    row('three'),
    row('four', { control: 'root-use', exception: 'agreed' }),
    row('five', { account: '200000000002', kind: 'reopened' }),
  ];
  const page = (await documents('team', weekOf(weekBefore(whole), whole, rows))).get('index.html') ?? '';
  const open = /<section id="open">.*?<\/section>/s.exec(page)?.[0] ?? '';
  expect(open.match(/<tr data-row/g)).toHaveLength(2);
  expect(wordsOf(open)).toContain('and 2 more');
  expect(open).toContain('href="changes/new.html#200000000001%2Froot-mfa%2Fone"');
  expect(open).not.toContain('four');
});

test('what asks nobody for anything is counted, not listed', async () => {
  const pages = await documents(
    'team',
    weekOf(weekBefore(whole), whole, [changeRow({ kind: 'appeared', before: null, after: 'pass' })]),
  );
  const page = pages.get('index.html') ?? '';
  expect(page).toContain('There for the first time: none open, 1 other: 1 passed');
  expect(page).not.toContain('it is so');
  expect(page).toContain('href="changes/appeared.html"');
  expect(pages.get('changes/appeared.html')).toContain('It is so');
});

test.each(['executive', 'team'] as const)(
  '%s: one night alone has no earlier column, and still a document',
  async (audience) => {
    const page = (await documents(audience, weekOf(null, whole))).get('index.html') ?? '';
    expect(page).toContain('One night alone');
    expect(page).toContain('There is no other night of this scope');
  },
);
