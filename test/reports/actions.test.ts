import { headlineFigures } from '../../src/actions/queue.ts';
import type { ActionSummary, QueueEntry } from '../../src/domain/action-summary.ts';
import { touchWords } from '../../src/reports/actions.ts';
import { decisions } from '../../src/reports/executive/decisions.ts';
import { night, noRows } from './support/night.ts';
import { accountRow, credentialRow, identityRow, loggingRow } from './support/rows.ts';
import { firstPage, wordsOf } from './support/templates.ts';

const ends = (upper: number) => ({ numerator: 0, denominator: 1, lower: upper, upper });
const move = (metric: string, gain: number, open = false) => ({
  ...{ metric, before: ends(0.5), after: ends(0.5 - gain), gain, open },
});
const entry = (id: string, more: Partial<QueueEntry>): QueueEntry => ({
  ...{
    id,
    kind: 'delete-identity',
    owner: 'team',
    central: false,
    what: null,
    command: null,
    policy: null,
    where: null,
  },
  ...{ changes: 2, accounts: 1, identities: 2, used: 0, usedUnknown: 0, words: 'nobody used it', severity: 'high' },
  ...{ findings: 3, moves: [], first: [{ account: '1', what: 'Delete role a', command: 'delete-a' }] },
  ...more,
});
const unused = headlineFigures[2];
const actions: ActionSummary = {
  changes: 70,
  entries: 71,
  queue: [
    entry('owner/delete-identity/team', { moves: [move(unused, 0.1)] }),
    entry('central/attach-scp/x', {
      ...{ kind: 'attach-scp', owner: 'the organisation', central: true, what: 'Nobody makes keys', changes: 1 },
      ...{ command: `assay ${'x'.repeat(300)}`, policy: { Version: '<2012>' }, where: 'unit Workloads', used: 4 },
    }),
    ...Array.from({ length: 69 }, (_, at) => entry(`owner/setting/o${at}`, { kind: 'setting', owner: `o${at}` })),
  ],
  kinds: [],
  figures: [
    {
      metric: unused,
      before: ends(0.5),
      open: true,
      best: [{ id: 'owner/delete-identity/team', after: ends(0.4), gain: 0.1 }],
    },
    {
      metric: headlineFigures[0],
      before: ends(0.5),
      open: false,
      best: [{ id: 'owner/setting/o68', after: ends(0.49), gain: 0.01 }],
    },
  ],
};
const id = '200000000001';

test('the team report opens with what to do, by owner, with figures before and after, and every link leads somewhere', async () => {
  const page = await firstPage(
    'team',
    night(noRows, (it) => ({ ...it, actions })),
  );
  const section = page.split('<section id="actions">')[1]?.split('</section>')[0] ?? '';
  expect(page.indexOf('<section id="actions">')).toBeLessThan(page.indexOf('<section id="gaps">'));
  const words = wordsOf(section);
  expect(words).toContain('What to do: 70 changes');
  expect(words).toContain('Unused identities, of what we could count');
  expect(words).toContain('Unused identities 50 % to 40 %');
  expect(words).toContain('Attach an SCP: Nobody makes keys');
  expect(words).toContain('Attach it to: unit Workloads');
  expect(words).toContain('4 used in the window what it takes away');
  expect(section).toContain('&lt;2012&gt;');
  expect(section).toContain('data-copy="delete-a"');
  expect(words).toContain('Delete role a: delete-a');
  const anchors = new Set([...section.matchAll(/<tr data-row id="([^"]+)"/g)].map(([, at]) => at));
  const links = [...section.matchAll(/href="#([^"]+)"/g)].map(([, to]) => to);
  expect(links.filter((to) => !anchors.has(to))).toEqual([]);
  expect(anchors.size).toBe(61); // the first sixty, and who moves a figure most
  expect(words).toContain('10 more entries by kind and owner: table results/actions has every change.');
});

test('of a command of many lines the page has the first, whole, and says how many more there are', async () => {
  const line = (at: number) => `aws events put-rule --name r${at} ${'x'.repeat(700)}`;
  const command = Array.from({ length: 20 }, (_, at) => line(at)).join('\n');
  const queue = [
    entry('owner/tell-of-events/team', { kind: 'tell-of-events', first: [{ account: '1', what: 'Tell', command }] }),
  ];
  const page = await firstPage(
    'team',
    night(noRows, (it) => ({ ...it, actions: { ...actions, queue, figures: [] } })),
  );
  expect(page).toContain(line(3));
  expect(page).not.toContain('--name r4 ');
  expect(page).toContain('# and 16 more lines: table results/actions');
});

test('a night that asks for nothing says so', async () => {
  const page = await firstPage('team', night(noRows));
  expect(wordsOf(page)).toContain('What to do: nothing was found that a change would make better');
});

test('where it cannot be told whether somebody uses it, the reader is told to ask', () => {
  expect(touchWords(entry('a', { usedUnknown: 2 }))).toBe(
    '1 account, 2 identities; of 2 it cannot be told whether they did: ask first',
  );
});

test('the decision whose changes move their figure most comes first, with the figure before and after', () => {
  const rows = {
    ...noRows,
    accounts: [accountRow(id)],
    identities: [identityRow(id, 'mara', { kind: 'user' })],
    credentials: [credentialRow(id, 'mara')],
    logging: [loggingRow(id, 'eu-west-1', 'AWS::Bedrock::Model', { status: 'not-covered' })],
  };
  const kind = (of: ActionSummary['kinds'][number]['kind'], metric: string, gain: number) => ({
    ...{ kind: of, changes: 1, owners: 1, accounts: 1, findings: 1, moves: [move(metric, gain, true)] },
  });
  const asked = (keys: number, logging: number) =>
    decisions(
      night(rows, (it) => ({
        ...it,
        actions: {
          ...actions,
          kinds: [
            kind('deactivate-ai-key', 'credential.ai-key-user-rate', keys),
            kind('record-events', 'logging.ai-data-event-coverage', logging),
          ],
        },
      })).summary,
    ).map(({ what }) => what.split(' ')[0]);
  expect(asked(0.3, 0.2).slice(0, 2)).toEqual(['Retire', 'Log']);
  expect(asked(0.2, 0.3).slice(0, 2)).toEqual(['Log', 'Retire']);
  const [first] = decisions(
    night(rows, (it) => ({
      ...it,
      actions: { ...actions, kinds: [kind('deactivate-ai-key', 'credential.ai-key-user-rate', 0.3)] },
    })).summary,
  );
  expect(first?.why).toContain('Users with AI keys: 50\u202f% to 20\u202f% of what we could count.');
});
