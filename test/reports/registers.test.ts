import type { AgentRow, ForwardingRow, TakeoverRow, WorkspaceRow } from '../../src/domain/tables.ts';
import { renderReport } from '../../src/reports/render.ts';
import { night, noRows } from './support/night.ts';
import { accountRow } from './support/rows.ts';
import { firstPage, templates, wordsOf } from './support/templates.ts';

const account = '111111111111';
const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
const agent = (name: string, more: Partial<AgentRow> = {}): AgentRow => ({
  ...{ id: arn(name), account, arn: arn(name), name, kind: 'role', services: ['bedrock.amazonaws.com'], audiences: [] },
  ...{ deputy: 'own-account', why: 'others are denied', sourceless: false, witness: null },
  ...{ activity: 'used', tooNew: false, sensitive: null, classes: [] },
  ...more,
});
const takeover = (name: string, more: Partial<TakeoverRow> = {}): TakeoverRow => ({
  ...{ id: `${arn(name)}/agent-takeover`, account, arn: arn(name), name, kind: 'role', agent: 'no' },
  ...{ actions: ['bedrock:UpdateAgent'], objects: ['agents'], certainty: 'allowed', state: 'unused', owns: [] },
  unowned: ['bedrock:UpdateAgent'],
  ...more,
});
const nobody = { listed: true, allowed: 0, conditional: 0, unread: 0, named: [] };
const workspace = (more: Partial<WorkspaceRow> = {}): WorkspaceRow => ({
  ...{
    id: 'w',
    account,
    region: null,
    workspace: 'wrkspc_01',
    name: null,
    sources: ['policy'],
    lastEvent: null,
    admins: nobody,
    users: nobody,
  },
  fence: { data: 'absent', admin: 'not-measured' },
  ...more,
});
const forwarding = (more: Partial<ForwardingRow> = {}): ForwardingRow => ({
  ...{ id: 'f', account, eventClass: 'AWS::Bedrock::Guardrail', core: true, grade: 'stored-only', why: null },
  regions: { monitored: 0, forwarded: 0, 'stored-only': 1, 'not-recorded': 2, 'not-measured': 0 },
  ...{ routes: [], missing: 'a metric filter', command: 'aws logs put-metric-filter <x>' },
  ...{ target: 'arn:aws:logs:us-east-1:222222222222:log-group:trail:*', runIn: '222222222222' },
  ...more,
});

async function pages(rows: object): Promise<Map<string, string>> {
  const input = night({ ...noRows, accounts: [accountRow(account)], ...rows });
  const found = new Map<string, string>();
  for await (const { path, bytes } of renderReport('team', input, templates))
    found.set(path, Buffer.from(bytes).toString());
  return found;
}

test('agents are listed with whom they serve, those that serve outsiders first', async () => {
  const open = agent('open', { deputy: 'any-account', why: 'anybody is allowed', sourceless: true });
  const page = (await pages({ agents: [agent('closed'), open] })).get('agents/index.html') ?? '';
  expect(page.indexOf('role/open')).toBeLessThan(page.indexOf('role/closed'));
  expect(page).toContain('any account');
  expect(page).toContain('a request that names no source gets through');
});

test('who owns all that it can change is not in the register; whose policies were not read is, and is not measured', async () => {
  const takeovers = [takeover('owner', { unowned: [] }), takeover('dark', { certainty: 'unread' }), takeover('dev')];
  const page = (await pages({ takeovers })).get('agents/index.html') ?? '';
  expect(page).not.toContain('role/owner');
  expect(page).toContain('role/dev');
  expect(page.slice(page.indexOf('role/dark'))).toContain('not measured');
});

test('identities that were not all listed are not told to be nobody', async () => {
  const users = { ...nobody, listed: false, unread: 2 };
  const page = (await pages({ workspaces: [workspace({ users })] })).get('agents/index.html') ?? '';
  expect(page).toContain('2 not measured, not all were listed');
  expect(page).toContain('Region not known');
});

test('what is only stored comes before what is not known, and commands are text', async () => {
  const rows = [forwarding({ id: 'a', grade: 'not-measured', why: 'a list was refused', command: null }), forwarding()];
  const page = (await pages({ forwarding: rows })).get('forwarding/index.html') ?? '';
  expect(page.indexOf('stored only')).toBeLessThan(page.indexOf('a list was refused'));
  expect(page).toContain('put-metric-filter &lt;x&gt;');
  expect(page).toContain('with credentials of account 222222222222');
  expect(page).toContain('not recorded in 2 Regions');
});

test('page one counts them and leads to both pages', async () => {
  const page = (await pages({ agents: [agent('one')] })).get('index.html') ?? '';
  expect(page).toContain('1 role that AI services act as');
  expect(page).toContain('href="agents/index.html"');
  expect(page).toContain('href="forwarding/index.html"');
});

test('the auditor reads every agent role and workspace, with what was not measured and where it was seen', async () => {
  const agents = [
    agent('closed'),
    agent('open', { deputy: 'any-account', why: 'anybody is allowed', sourceless: true, activity: 'unread' }),
  ];
  const reach = { listed: false, allowed: 2, conditional: 1, unread: 4, named: [] };
  const input = night({
    ...noRows,
    accounts: [accountRow(account)],
    agents,
    workspaces: [
      workspace({ admins: reach, sources: ['cloud-control', 'event', 'policy'], lastEvent: '2026-11-17T08:00:00Z' }),
    ],
  });
  const words = wordsOf(await firstPage('auditor', input));
  const at = (text: string): number => words.indexOf(text);
  expect(at(arn('open'))).toBeGreaterThan(0);
  expect(at(arn('open'))).toBeLessThan(at(arn('closed')));
  expect(words).toContain('any account: anybody is allowed; a request that names no source gets through');
  expect(words).toMatch(/gets through not measured not measured/);
  expect(words).toContain(
    'wrkspc_01 111111111111, Region not known Cloud Control, recorded events to 2026-11-17, a policy',
  );
  expect(words).toContain(
    '3 identities, 4 not measured, not all were listed 0 identities data absent, administration not measured',
  );
});

test('without any agent the auditor reads that none is known', async () => {
  const words = wordsOf(await firstPage('auditor', night({ ...noRows, accounts: [accountRow(account)] })));
  expect(words).toMatch(/Agent identities .* None is known/);
});
