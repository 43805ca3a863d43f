import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NightSummary } from '../../src/domain/summary.ts';
import { requirementStatus } from '../../src/reports/requirements.ts';
import { folderWith } from '../adapters/snapshot/folder.ts';
import { recorded, scratch } from '../support/command-line.ts';

const account = '111122223333';
const archive = scratch();
let whole: NightSummary;

beforeAll(async () => {
  const files = {
    [`${account}/global/iam.GetAccountSummary.json`]: {
      SummaryMap: { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0 },
    },
  };
  const ran = await recorded([
    ...['run', '--snapshot', folderWith(files), '--clock', '2026-09-30T06:00:00Z', '--json'],
    ...['--output-dir', archive, '--format', 'html', '--quiet'],
  ]);
  whole = JSON.parse(ran.out) as NightSummary;
}, 60_000);

const result = (id: string): string | undefined =>
  whole.requirements.find((it) => it.framework === 'cis-aws-7.0.0' && it.id === id)?.result;

test('what was read decides, and what was not never passes', () => {
  expect([result('2.4'), result('2.5'), result('2.11'), result('2.2')]).toEqual([
    'pass',
    'fail',
    'not-measured',
    'not-measured',
  ]);
});

test('all frameworks in a line each, one requirement by requirement, and the same as JSON', async () => {
  const short = await recorded(['frameworks', '--archive', archive]);
  expect(short).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/^cis-aws-7\.0\.0 .*\d+ fail, \d+ not measured/m),
  });
  const told = await recorded(['frameworks', 'cis-aws-7.0.0', '--archive', archive]);
  expect(told.out).toContain(
    '2.5  Root signs in with MFA: fails\n  0 % of 1 finding pass; accounts: 1 fail\n'.replace('0 %', '0\u202f%'),
  );
  expect(told.out).toContain(
    '2.2  Contact details are current: not answered\n  not covered: Contact details are not read.\n',
  );
  const json = JSON.parse((await recorded(['frameworks', '--archive', archive, '--json'])).out);
  expect(json).toEqual({ run: { id: whole.run.id, clock: whole.run.clock }, requirements: whole.requirements });
});

test('the auditor report says of each requirement what the JSON says, and its links lead to sheets', () => {
  const folder = join(archive, 'reports/auditor');
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((it) => it.endsWith('index.html')) ?? '';
  const page = readFileSync(join(folder, file), 'utf8');
  for (const it of whole.requirements) {
    const row = page.split(`id="requirement-${it.framework}-${it.id}"`)[1]?.split('</tr>')[0] ?? '';
    expect([it.id, row.includes(`</svg>${requirementStatus(it).word}</span>`)]).toEqual([it.id, true]);
  }
  const anchors = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  for (const [, to] of page.matchAll(/href="#([^"]+)"/g)) expect([to, anchors.has(to)]).toEqual([to, true]);
});

test('a framework nobody knows is one line, 64', async () => {
  expect(await recorded(['frameworks', 'cis-9', '--archive', archive])).toMatchObject({
    exit: 64,
    err: expect.stringMatching(/^assay: frameworks: no framework `cis-9`; there are cis-aws-7\.0\.0, .*\n$/),
  });
});
