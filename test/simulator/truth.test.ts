import type { NightSummary } from '../../src/domain/summary.ts';
import { demoTruth } from '../../src/simulator/demo/truth.ts';
import { compareWithTruth } from '../../src/simulator/truth.ts';

/** The parts of a summary that the comparison looks at, as the demo's truth has them. */
function truthfulSummary(): NightSummary {
  const {
    accounts,
    identities,
    counts,
    agents,
    metrics,
    logging,
    forwarding,
    findings,
    practices,
    notMeasured,
    gaps,
    untrackedRegions,
  } = demoTruth;
  return structuredClone({
    completeness: {
      accounts,
      identities,
      gaps: [
        { code: 'NOT_IMPLEMENTED', operation: 'x:NotBuilt', count: 28, accounts: 12 },
        ...gaps.map(({ code, operation }) => ({ code, operation, count: 1, accounts: 1 })),
      ],
      accountsNotMeasured: notMeasured,
      regions: { accountsUntracked: untrackedRegions },
    },
    counts,
    agents,
    metrics: metrics.map((metric) => ({
      basis: 'effective',
      ...metric,
      accountsNotMeasured: [...metric.accountsNotMeasured].reverse(),
    })),
    logging,
    controls: Object.entries(findings).map(([id, counts]) => ({ id, findings: counts })),
    practices,
    forwarding,
  }) as unknown as NightSummary;
}

/** Every number in a value, by the path to it. */
function numbersIn(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value === 'number') return [[...path]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, child]) => numbersIn(child, [...path, key]));
}

function raise(value: unknown, [key = '', ...rest]: readonly string[]): void {
  const record = value as Record<string, unknown>;
  if (rest.length === 0) record[key] = Number(record[key]) + 1;
  else raise(record[key], rest);
}

test('a figure of the organisation that nobody planted differs', () => {
  const guardrail = 'guardrail.coverage:trail-protection';
  const metrics = demoTruth.metrics.filter(({ id }) => id !== guardrail);
  expect(metrics).toHaveLength(demoTruth.metrics.length - 1);
  expect(compareWithTruth(truthfulSummary(), { ...demoTruth, metrics })).toEqual([
    `${guardrail} of organization: not planted`,
  ]);
});

test('a night that gives the planted figures does not differ', () => {
  expect(compareWithTruth(truthfulSummary(), demoTruth, { credentials: 37 })).toEqual([]);
});

test('one number more anywhere is one difference', () => {
  const notBuilt = 'completeness,gaps,0'; // the gap that is not compared
  const paths = numbersIn(truthfulSummary()).filter((path) => !String(path).startsWith(notBuilt));
  expect(paths.length).toBeGreaterThan(100);
  for (const path of paths) {
    const summary = truthfulSummary();
    raise(summary, path);
    expect({ path, differences: compareWithTruth(summary, demoTruth).length }).toEqual({ path, differences: 1 });
  }
});

test.each<[string, (summary: NightSummary) => void, string]>([
  ['a metric that is missing', ({ metrics }) => void metrics.pop(), 'completeness.identities of organization'],
  ['an event class that is missing', ({ logging }) => void logging.pop(), 'logging.AWS::BedrockAgentCore::Browser'],
  [
    'a gap nobody planted',
    ({ completeness }) =>
      void completeness.gaps.push({
        code: 'ACCESS_DENIED',
        operation: 'x:Y',
        cause: '',
        remedy: '',
        count: 1,
        accounts: 1,
      }),
    'gaps: planted',
  ],
  [
    'an account too many',
    ({ metrics }) => void metrics[0]?.accountsNotMeasured.push('1'),
    'accountsNotMeasured: planted',
  ],
])('%s is named', (_, change, named) => {
  const summary = truthfulSummary();
  change(summary);
  const differences = compareWithTruth(summary, demoTruth);
  expect(differences).toHaveLength(1);
  expect(differences[0]).toContain(named);
});

test('a number of rows is compared where it is given', () => {
  expect(compareWithTruth(truthfulSummary(), demoTruth, { credentials: 36 })).toEqual([
    'credential rows: planted 37, produced 36',
  ]);
});
