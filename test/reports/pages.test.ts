import { readdirSync, readFileSync } from 'node:fs';
import { audiences } from '../../src/reports/input.ts';
import { printableReport } from '../../src/reports/render.ts';
import { night, noRows } from './support/night.ts';
import { organisation } from './support/organisations.ts';
import { accountRow, credentialRow, gapRow, identityRow, loggingRow } from './support/rows.ts';
import { documentsOf, firstPage, templates, textOf, wordsOf } from './support/templates.ts';

const id = '200000000001';
const hostile = '<script>alert(1)</script>"\' onload=x';
const large = 'x'.repeat(512);

const allOfOne = (text: string) =>
  night({
    accounts: [accountRow(id, { name: text, status: 'partial', reason: text })],
    identities: [identityRow(id, text, { activity: 'unused' })],
    credentials: [credentialRow(id, text, { credentialId: text })],
    logging: [loggingRow(id, 'eu-west-1', 'AWS::Bedrock::Model', { why: text, by: [text] })],
    gaps: [gapRow(id, { cause: text, remedy: text })],
  });

describe.each(audiences)('%s', (audience) => {
  test('equal input, equal bytes', async () => {
    const [once, twice] = [
      await documentsOf(audience, organisation(24)),
      await documentsOf(audience, organisation(24)),
    ];
    expect(once.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('base64')])).toEqual(
      twice.map(({ path, bytes }) => [path, Buffer.from(bytes).toString('base64')]),
    );
  });

  test('no name becomes markup', async () => {
    const input = allOfOne(hostile);
    const pages = (await documentsOf(audience, input)).filter(({ path }) => path.endsWith('.html')).map(textOf);
    for (const page of [...pages, (await printableReport(audience, input, templates)).html]) {
      expect(page).not.toContain('<script>alert');
      expect(page).not.toMatch(/<[^>]*\sonload=/);
    }
  });

  test('names the accounts that could not be measured, with the cause, on the first page', async () => {
    const words = wordsOf(await firstPage(audience, organisation(24)));
    expect(words).toContain('Missing from this answer');
    expect(words).toMatch(/ledger-sandbox 200000007778 not measured: the role assay-reader could not be assumed/);
    expect(words).toMatch(/18 of 23 accounts measured in full, 3 partly, 2 not at all/);
    expect(words.indexOf('Missing from this answer')).toBeLessThan(1500);
  });

  test('says how many more there are than it names', async () => {
    const words = wordsOf(await firstPage(audience, organisation(300)));
    expect(words).toMatch(/and \d+ more accounts/);
  });

  test.each([1, 24, 400])('loads nothing from anywhere and stays under 1 MB: %i accounts', async (accounts) => {
    const page = await firstPage(audience, organisation(accounts));
    const addresses = [...page.matchAll(/\s(?:src|href|action|poster)="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(
      addresses.filter(
        (address) =>
          !/^(#|accounts\/[\w-]+\.html(#permissions)?$|(lists|logging|agents|forwarding)\/[\w-]+\.html$)/.test(address),
      ),
    ).toEqual([]);
    expect([...page.matchAll(/url\((?!data:|#)/g)]).toEqual([]);
    expect(page).not.toMatch(/@import|<iframe|<link/);
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  });

  test.each([
    { state: 'no account at all', input: night(noRows) },
    { state: 'names of 512 characters', input: allOfOne(large) },
    { state: 'right-to-left names', input: allOfOne('حساب الإنتاج\u202e') },
    {
      state: 'no organisation',
      input: night(noRows, (it) => ({
        ...it,
        scope: {
          ...it.scope,
          organization: null,
          managementAccount: null,
          source: 'snapshot',
          accountsFrom: 'arns',
          note: 'Accounts come from ARNs.',
        },
      })),
    },
  ])('has a page for $state', async ({ input }) => {
    const page = await firstPage(audience, input);
    expect(page.match(/<h1[\s>]/g)).toHaveLength(1);
    expect(wordsOf(page)).not.toMatch(/undefined|\[object|NaN|\bnull\b/);
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
  });

  test('isolates names, so that right-to-left text turns nothing round', async () => {
    expect(await firstPage(audience, allOfOne('حساب'))).toContain('<bdi>حساب</bdi>');
  });

  test('never shows a figure of nobody as 0 %', async () => {
    const input = night(noRows, (it) => ({
      ...it,
      leftOut: it.leftOut.map(({ id: metric }) => ({ id: metric, accountsNotMeasured: [id] })),
    }));
    expect(wordsOf(await firstPage(audience, input))).not.toMatch(/\b0\s%/);
  });
});

const countsIn = (page: string): Map<string, string> =>
  new Map([...page.matchAll(/data-count="([^"]+)">([^<]+)</g)].map(([, figure, text]) => [figure ?? '', text ?? '']));

test.each(['html', 'pdf'] as const)('totals agree across the three reports: %s', async (format) => {
  const input = organisation(24);
  const [executive, team, auditor] = await Promise.all(
    audiences.map(async (audience) =>
      countsIn(
        format === 'html' ? await firstPage(audience, input) : (await printableReport(audience, input, templates)).html,
      ),
    ),
  );
  expect([...(executive?.keys() ?? [])].sort()).toEqual([
    'credential.ai-key-user-rate',
    'identity.unused-rate',
    'logging.ai-data-event-coverage',
    'permission.unused-sensitive-identity-rate',
    'permission.unused-sensitive-identity-rate@nominal',
  ]);
  for (const [figure, text] of executive ?? [])
    expect({ figure, team: team?.get(figure), auditor: auditor?.get(figure) }).toEqual({
      figure,
      team: text,
      auditor: text,
    });
  const pairs = 'permission.unused-sensitive-pair-rate';
  const both = [
    'completeness.accounts',
    'completeness.identities',
    'logging.management-coverage',
    pairs,
    `${pairs}@nominal`,
  ];
  for (const figure of both) expect([figure, team?.get(figure)]).toEqual([figure, auditor?.get(figure) ?? 'missing']);
});

describe('the team report', () => {
  test('has a page for every account, also those that failed, and the first page last', async () => {
    const paths = (await documentsOf('team', organisation(24))).map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith('accounts/'))).toHaveLength(24);
    expect(paths.at(-1)).toBe('index.html');
    expect(paths).toContain('accounts/200000007778.html');
  });

  test('more than 500 accounts get list pages, and every account is linked once', async () => {
    const documents = await documentsOf('team', organisation(1_101));
    const lists = documents.filter(({ path }) => path.startsWith('accounts/list-'));
    expect(lists.map(({ path }) => path)).toEqual([
      'accounts/list-0001.html',
      'accounts/list-0002.html',
      'accounts/list-0003.html',
    ]);
    const linked = lists.flatMap((list) =>
      [...textOf(list).matchAll(/href="(\d{12})\.html"/g)].map(([, account]) => account),
    );
    expect(new Set(linked).size).toBe(1_101);
    const index = textOf(documents.at(-1) ?? { bytes: new Uint8Array() });
    for (const { path } of lists) expect(index).toContain(`href="${path}"`);
    expect(index.length).toBeLessThan(1_000_000);
  }, 60_000);

  test('a page of an account that could not be read does not say "None."', async () => {
    const page = (await documentsOf('team', organisation(24))).find(
      ({ path }) => path === 'accounts/200000007778.html',
    );
    const words = wordsOf(page === undefined ? '' : textOf(page));
    expect(words).toContain('Nothing was read: the account is not measured.');
    expect(words).not.toContain('None.');
  });

  test('copies a command that a hostile name cannot leave', async () => {
    const page = await firstPage('team', allOfOne("a'; rm -rf ~; '"));
    const commands = [...page.matchAll(/data-copy="(aws [^"]*)"/g)].map(([, text]) => text?.replaceAll('&#x27;', "'"));
    expect(commands[0]).toContain(`--user-name 'a'\\''; rm -rf ~; '\\''' --service`);
  });

  test('refuses tables that are out of order rather than lose a row', async () => {
    const [first, second] = [accountRow('200000000001'), accountRow('200000000002')];
    const identities = [identityRow(second.account, 'b'), identityRow(first.account, 'a')];
    await expect(documentsOf('team', night({ ...noRows, accounts: [first, second], identities }))).rejects.toThrow(
      /plan order/,
    );
  });
});

test('templates escape everything: no triple braces, no logic', () => {
  const root = new URL('../../templates/', import.meta.url);
  for (const folder of ['layouts', 'pages', 'partials'])
    for (const file of readdirSync(new URL(`${folder}/`, root))) {
      const text = readFileSync(new URL(`${folder}/${file}`, root), 'utf8');
      expect({ file, triple: text.includes('{{{') || text.includes('{{&') }).toEqual({ file, triple: false });
      expect(text.split('\n').length).toBeLessThanOrEqual(150);
    }
});
