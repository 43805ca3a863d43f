import { fileURLToPath } from 'node:url';
import { templatesOnDisk } from '../../src/adapters/files/templates.ts';
import { type PortalNight, renderPortal, renderRedirect } from '../../src/reports/portal.ts';

const templates = templatesOnDisk({ templates: fileURLToPath(new URL('../../templates', import.meta.url)) });
const link = { format: 'html', href: 'reports/executive/dt=2026-09-30/run=0123456789ab/index.html', reason: null };
const night = (more: Partial<PortalNight> = {}): PortalNight => ({
  run: '0123456789ab',
  seq: 7,
  digest: 'd'.repeat(64),
  kind: 'night',
  week: false,
  clock: '2026-09-30T06:00:00Z',
  scope: 'o-<b>1',
  accounts: { discovered: 24, measured: 21, partial: 1, failed: 1, suspended: 1 },
  failure: null,
  documents: [{ audience: 'executive', links: [link, { format: 'pdf', href: null, reason: 'no browser' }] }],
  ...more,
});
const html = (nights: readonly PortalNight[]): string => Buffer.from(renderPortal(nights, templates)).toString();

test.each([
  {
    name: 'the newest night with its documents',
    nights: [night()],
    says: [
      'The newest night',
      '21 of 23 accounts measured in full, 1 partly, 1 not at all',
      `href="${link.href.replaceAll('=', '&#x3D;')}"`,
    ],
  },
  {
    name: 'a document that was not rendered, with the reason',
    nights: [night()],
    says: ['PDF not rendered: no browser'],
  },
  { name: 'what outsiders pin', nights: [night()], says: ['d'.repeat(64), 'Seal 7'] },
  {
    name: 'a failed night, with the reason',
    nights: [night({ kind: 'failed', accounts: null, failure: 'DiskFull: no space' })],
    says: ['The newest night failed', 'DiskFull: no space', 'not measured'],
  },
  {
    name: 'earlier nights below',
    nights: [night(), night({ clock: '2026-09-29T06:00:00Z' })],
    says: ['Earlier nights', '2026-09-29 06:00 UTC'],
  },
  {
    name: 'how an earlier night without documents, and a week, are rendered',
    nights: [
      night(),
      night({ clock: '2026-09-29T06:00:00Z', documents: [] }),
      night({ week: true, kind: 'week' }),
      night({ week: true, kind: 'week', documents: [{ audience: 'team', links: [{ ...link, href: null }] }] }),
    ],
    says: ['<code>assay report 0123456789ab</code>', '<code>assay report --week 0123456789ab</code>'],
  },
  { name: 'no night', nights: [], says: ['No night yet'] },
  {
    name: 'the newest week beside the newest night, and the weeks before it',
    nights: [
      night({ kind: 'week', week: true }),
      night(),
      night({ week: true, kind: 'week', clock: '2026-09-23T06:00:00Z' }),
    ],
    says: [
      'The newest night',
      'The newest week',
      'Week to 2026-09-30 06:00 UTC',
      'are we safer than a week ago',
      'Earlier weeks',
      '2026-09-23',
    ],
  },
  {
    name: 'a failed week as one',
    nights: [night(), night({ kind: 'failed', week: true, failure: 'NoNights: none was begun' })],
    says: ['The newest night<', 'The newest week failed', 'none was begun'],
  },
  { name: 'a scope with markup as text', nights: [night()], says: ['o-&lt;b&gt;1'] },
])('the portal shows $name', ({ nights, says }) => {
  for (const text of says) expect(html(nights)).toContain(text);
});

test('a pointer leads on and holds nothing else', () => {
  const page = Buffer.from(renderRedirect('../reports/x/index.html')).toString();
  expect(page).toContain('url=../reports/x/index.html');
  expect(page.length).toBeLessThan(500);
});
