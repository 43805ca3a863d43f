import { externalAccessAnalyzer, rootAccessKeys } from '../../src/controls/index.ts';
import type { FindingRow } from '../../src/domain/tables.ts';
import { FindingPages } from '../../src/reports/team/finding-pages.ts';
import { night, noRows } from './support/night.ts';
import { accountRow } from './support/rows.ts';
import { documentsOf, firstPage, wordsOf } from './support/templates.ts';

const [one, two] = ['200000000001', '200000000002'];
const finding = (account: string, resource: string, given: Partial<FindingRow> = {}): FindingRow => ({
  id: `${account}/root-access-keys/${resource}`,
  account,
  control: rootAccessKeys.id,
  version: 1,
  severity: 'critical',
  status: 'fail',
  resourceType: 'root user',
  resource,
  region: null,
  reason: `because of <${resource}>`,
  evidence: {},
  thresholds: {},
  gap: null,
  remedy: { text: 'Delete them', command: 'aws iam delete-access-key' },
  exception: null,
  ...given,
});

test('every finding that fails or was not measured stands on one page, in order; pages are linked both ways', () => {
  const rows = Array.from({ length: 2_500 }, (_, at) =>
    finding(at < 1_200 ? one : two, `r-${at}`, { status: at % 5 === 0 ? 'not-measured' : 'fail' }),
  );
  const passing = Array.from({ length: 500 }, (_, at) =>
    finding(two, `p-${at}`, { status: at % 2 === 0 ? 'pass' : 'not-applicable' }),
  );
  const { summary } = night({ ...noRows, findings: [...rows, ...passing] });
  const pages = new FindingPages(summary);
  const made = [
    ...pages.add(
      one,
      'first',
      rows.filter(({ account }) => account === one),
    ),
    ...pages.add(two, null, [...rows.filter(({ account }) => account === two), ...passing]),
    ...pages.end(),
  ];
  const shown = made.flatMap(({ view }) =>
    view.accounts.flatMap(({ findings }) => findings.map(({ resource }) => resource)),
  );
  expect(shown).toEqual(rows.map(({ resource }) => resource));
  expect(made.map(({ path, view }) => [path, view.previous, view.next])).toEqual([
    ['findings/root-access-keys.html', null, 'root-access-keys-2.html'],
    ['findings/root-access-keys-2.html', 'root-access-keys.html', 'root-access-keys-3.html'],
    ['findings/root-access-keys-3.html', 'root-access-keys-2.html', null],
  ]);
});

test('the team report counts findings by control and leads to their page, organisation first; what is shown is text, never markup', async () => {
  const input = night({
    ...noRows,
    accounts: [accountRow(one, { name: 'first' })],
    findings: [
      finding('organization', 'o-1', { resourceType: 'organisation' }),
      finding(one, 'arn:aws:iam::200000000001:root'),
      finding(one, '*', { status: 'not-measured', gap: { code: 'NO_RESULT' } }),
      finding(one, 'us-east-1', { control: externalAccessAnalyzer.id, status: 'pass', remedy: null }),
    ],
  });
  const documents = await documentsOf('team', input);
  const text = (path: string) => Buffer.from(documents.find((it) => it.path === path)?.bytes ?? []).toString('utf8');
  const first = text('index.html');
  expect(first).toContain('2 findings fail a control, 1 could not be measured');
  expect(first).toContain('<a href="findings/root-access-keys.html">The root user has no access keys</a>');
  expect(first).not.toContain('findings/external-access-analyzer.html'); // nothing to show there
  const page = text('findings/root-access-keys.html');
  expect(page.indexOf('The organisation')).toBeLessThan(page.indexOf('first'));
  expect(page).toContain('any other root user');
  expect(page).toContain('because of &lt;o-1&gt;');
  expect(page).toContain('aws iam delete-access-key');
});

test('the auditor report says of each control how it was known and what was found', async () => {
  const input = night({ ...noRows, findings: [finding(one, 'arn:aws:iam::200000000001:root')] });
  const words = wordsOf(await firstPage('auditor', input));
  expect(words).toContain(rootAccessKeys.method);
  expect(words).toContain('1 fail, 0 not measured, 0 pass, 0 not applicable');
  expect(words).toContain('cis-aws-7.0.0: 2.4');
});
