import { readFileSync } from 'node:fs';
import { newGuardrail } from '../../scripts/new.ts';
import { guardrailSettings } from '../../src/domain/guardrail-settings.ts';
import { accountId } from '../../src/domain/ids.ts';
import type { Guardrail } from '../../src/guardrails/define.ts';
import { matchesWildcard } from '../../src/iam/wildcard.ts';
import { allGuardrails } from '../../src/judge/guardrails.ts';

// A guardrail's page is written by hand: what it says of the code is what the code does, and nothing is left of the page it began as.

const settings = { account: accountId('111122223333'), ...guardrailSettings };

/** A page by the bold word that each paragraph begins with; the sentence below the heading is `title`. */
function partsOf(page: string): ReadonlyMap<string, string> {
  const [heading = '', title = '', ...rest] = page.trim().split('\n\n');
  const named = rest.map((text): [string, string] => {
    const [, name = '', body = ''] = /^\*\*(.+?)\.\*\* (.*)$/s.exec(text) ?? [];
    return [name, body];
  });
  return new Map([['heading', heading], ['title', title], ...named]);
}

const codesIn = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

function checkPage({ id, title, probes, closings, spares }: Guardrail, page: string): void {
  const parts = partsOf(page);
  expect([parts.get('heading'), parts.get('title')]).toEqual([`# ${id}`, `${title}.`]);

  const actions = [...new Set(probes(settings).map(({ action }) => action))];
  const all = new Set(closings(settings).map((it) => it.all));
  const told = codesIn(parts.get('Must be denied') ?? '').filter((it) => /^[a-z0-9-]+:[A-Z*]\w*$/.test(it));
  expect(told.filter((it) => !actions.includes(it) && !all.has(it))).toEqual([]);
  expect(actions.filter((it) => !told.some((pattern) => matchesWildcard(pattern, it)))).toEqual([]);

  const closing = parts.get('Closing it') ?? '';
  const sids = codesIn(/ denies with ([^:.]*)/.exec(closing)?.[1] ?? '');
  expect(sids).toEqual([...new Set(closings(settings).map(({ sid }) => sid))]);
  if (spares.who === 'nobody') expect(closing).toContain(` Nobody is exempt: ${spares.why}.`);
  else expect(closing).toContain(' Exempt');
}

/** What whoever finishes a guardrail has to say in other words. */
const ownWords = ['title', 'Why', 'Forms that look like it'];
const scaffoldOf = (id: string) => newGuardrail(id).get(`docs/guardrails/${id}.md`) ?? '';

test.each(allGuardrails.map((it) => [it.id, it] as const))('%s: its page says what its code does', (id, guardrail) => {
  const page = readFileSync(`docs/guardrails/${id}.md`, 'utf8');
  checkPage(guardrail, page);
  const [own, begun] = [partsOf(page), partsOf(scaffoldOf(id))];
  for (const name of ownWords) {
    expect(begun.get(name)).toMatch(/./);
    expect([name, own.get(name)]).not.toEqual([name, begun.get(name)]);
  }
});

test('the page that a guardrail begins with fits the code it begins with, and no other', () => {
  const code = newGuardrail('brand-new').get('src/guardrails/brand-new/guardrail.ts') ?? '';
  const [, title = ''] = /title: '(.*)'/.exec(code) ?? [];
  const [, action = ''] = /\['(.*)'\]/.exec(code) ?? [];
  const begun: Guardrail = {
    ...{ id: 'brand-new', version: 1, title, spares: { who: 'users-of-it' } },
    probes: () => [{ action, resource: '*', context: {}, absent: [] }],
    closings: () => [{ sid: 'BrandNew', actions: [action] }],
  };
  checkPage(begun, scaffoldOf('brand-new'));
  for (const guardrail of allGuardrails)
    expect(() => checkPage({ ...guardrail, id: 'brand-new' }, scaffoldOf('brand-new'))).toThrow();
  for (const other of [
    { ...begun, title: 'Something else' },
    { ...begun, probes: () => [] },
    { ...begun, probes: () => [...begun.probes(settings), { action: 'a:B', resource: '*', context: {}, absent: [] }] },
    { ...begun, closings: () => [] },
    { ...begun, spares: { who: 'nobody', why: 'the rest stays' } as const },
  ])
    expect(() => checkPage(other, scaffoldOf('brand-new'))).toThrow();
});
