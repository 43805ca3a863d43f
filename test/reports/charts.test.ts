import { ageingStrip } from '../../src/reports/charts/ageing.ts';
import { basisBars } from '../../src/reports/charts/basis-bars.ts';
import { classStrip } from '../../src/reports/charts/class-strip.ts';
import { foldRegions, matrixCell } from '../../src/reports/charts/matrix.ts';
import { rateBar } from '../../src/reports/charts/rate-bar.ts';
import { loggingRow } from './support/rows.ts';

/** One tag a line, for reading. */
const lines = (svg: { toHTML(): string }): string => svg.toHTML().replaceAll('><', '>\n<');

describe('rate bar', () => {
  test('solid to the lower bound, hatched to the upper, reference as a tick', () => {
    const reference = { at: 0.61, label: '61 %, study' };
    expect(
      lines(rateBar({ label: 'Unused: 55–59 %', bounds: [0.55, 0.59], open: false, reference })),
    ).toMatchSnapshot();
  });
  test('an open figure is hatched to its printed bound, its frame is broken and nothing in it is certain', () => {
    expect(lines(rateBar({ label: 'Unused: 55–59 %, open', bounds: [0.55, 0.59], open: true }))).toMatchSnapshot();
  });
  test('nothing known: all hatch', () => {
    expect(lines(rateBar({ label: 'Unused: not measured', bounds: null, open: false }))).toMatchSnapshot();
  });
  test('nobody to count: an empty frame', () => {
    expect(rateBar({ label: 'x', bounds: null, open: false, empty: true }).toHTML()).not.toMatch(/hatch|solid/);
  });
});

test('ageing strip: endless keys apart, ending ones with a line to their last day', () => {
  const credentials = [
    { created: '2025-06-01T00:00:00Z', expires: null },
    { created: '2026-03-01T00:00:00Z', expires: '2027-03-01T00:00:00Z' },
  ];
  expect(lines(ageingStrip({ label: '2 live AI keys', today: '2026-11-24T02:00:00Z', credentials }))).toMatchSnapshot();
});

test('class strip', () => {
  const cells = { covered: 2, partial: 1, 'not-covered': 4, 'not-measured': 1 };
  expect(lines(classStrip('Bedrock Model', cells))).toMatchSnapshot();
});

test.each([
  { statuses: ['covered', 'covered'], look: 'all', text: '' },
  { statuses: ['covered', 'not-covered'], look: 'some', text: '1/2' },
  { statuses: ['covered', 'not-measured'], look: 'some', text: '1/2' },
  { statuses: ['partial', 'not-covered'], look: 'part', text: '' },
  { statuses: ['not-covered', 'not-measured'], look: 'no', text: '' },
  { statuses: ['not-measured', 'not-measured'], look: 'unknown', text: '' },
] as const)('matrix cell over Regions: $statuses → $look', ({ statuses, look, text }) => {
  const rows = statuses.map((status, at) =>
    loggingRow('200000000001', `eu-west-${at + 1}`, 'AWS::Bedrock::Model', { status }),
  );
  expect(matrixCell(foldRegions(rows).get('AWS::Bedrock::Model'))).toMatchObject({ look, text });
});

test('a large total is a percentage, rounded down', () => {
  const cells = { covered: 999, partial: 0, 'not-covered': 1, 'not-measured': 0 };
  expect(matrixCell(cells)).toMatchObject({ look: 'some', text: '99\u202f%', words: '999 covered, 1 not covered' });
});

test('a class without a cell shows a dash, not "covered"', () => {
  expect(matrixCell(undefined)).toEqual({ look: 'none', text: '–', words: 'no cell' });
});

test('the bars of both bases say both in words, and unknown has its hatch on each', () => {
  const label = 'Roles, effective: not measured; nominal: 62 %';
  const bars = basisBars({
    label,
    effective: { bounds: null, open: false },
    nominal: { bounds: [0.62, 0.62], open: false },
  }).toHTML();
  expect(bars).toContain(`aria-label="${label}"`);
  expect(bars.match(/class="hatch"/g)).toHaveLength(1);
  expect(bars).toMatch(/<g class="nominal">.*class="solid" x="0%" y="18" width="62%"/);
});
