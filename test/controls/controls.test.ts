import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { newControl } from '../../scripts/new.ts';
import { operations } from '../../src/catalogue/operations.ts';
import { allControls } from '../../src/controls/all.ts';
import {
  accessKeyAge,
  expiredServerCertificates,
  passwordExpiry,
  passwordLength,
  passwordReuse,
  samlProviderExpiry,
} from '../../src/controls/index.ts';
import { explainGap } from '../../src/domain/gap.ts';
import { known, type Reading, unknown } from '../../src/domain/reading.ts';
import { type FindingRow, findingRow } from '../../src/domain/tables.ts';
import { denial, denied } from '../support/facts.ts';
import { accountSubject, type Case, judgedAgain, organizationSubject } from './case.ts';
import { certificate, key, report, saml, usersWith } from './parts.ts';

// One suite over all controls: what no author may forget. The cases of a control lie in `cases/<id>.ts`.

const folder = new URL('cases/', import.meta.url);
const casesOf = async (id: string): Promise<readonly Case[]> =>
  ((await import(new URL(`${id}.ts`, folder).href)) as { cases: readonly Case[] }).cases;

type Any = (typeof allControls)[number] & { evaluate(subject: unknown, thresholds?: Case['thresholds']): FindingRow[] };
const controls = allControls as readonly Any[];
const subjectOf = (control: Any, wanted: Pick<Case, 'facts' | 'rows' | 'settings' | 'shared'>) =>
  control.scope === 'account' ? accountSubject(wanted) : organizationSubject(wanted);

/** A fact with every reading in it unknown; without `Reading` inside it stays. */
function allUnknown(fact: unknown): unknown {
  if (isReading(fact)) return denied;
  if (Array.isArray(fact)) return fact.map(allUnknown);
  if (fact === null || typeof fact !== 'object') return fact;
  return Object.fromEntries(Object.entries(fact).map(([key, value]) => [key, allUnknown(value)]));
}
const isReading = (fact: unknown): fact is Reading<unknown> =>
  typeof fact === 'object' && fact !== null && 'kind' in fact && (fact.kind === 'known' || fact.kind === 'unknown');

/** Paths to every known reading of a subject, the outermost first. */
function readingsIn(fact: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (fact === null || typeof fact !== 'object') return [];
  const inside = Object.entries(fact).flatMap(([key, value]) => readingsIn(value, [...path, key]));
  return isReading(fact) && fact.kind === 'known' ? [path, ...inside] : inside;
}

function withoutReading<T>(fact: T, [key, ...rest]: readonly string[]): T {
  if (key === undefined) return denied as T;
  const copy = Array.isArray(fact) ? [...fact] : { ...fact };
  const there = copy as Record<string, unknown>;
  there[key] = withoutReading(there[key], rest);
  return copy as T;
}

test('ids are kebab-case and name the folder; every control has a page and cases, and nothing else has', () => {
  const ids = controls.map(({ id }) => id);
  const named = (path: string, end: string): string[] =>
    readdirSync(path)
      .filter((file) => !file.startsWith('index.') && !file.startsWith('README'))
      .map((file) => file.replace(end, ''));
  for (const id of ids) {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(existsSync(`src/controls/${id}/control.ts`)).toBe(true);
  }
  expect(named('docs/controls', '.md')).toEqual(ids);
  expect(named('test/controls/cases', '.ts')).toEqual(ids);
});

/** Words that `npm run new -- control` leaves to be written: a control that still has them says nothing. */
const placeholders = [
  'The good state, as a sentence',
  'What is looked at, and when it passes.',
  'Why no requirement asks for it, or its ids above.',
  'What a person can do about it',
  'What a reader could wrongly conclude.',
];
const scaffolded = (...files: readonly string[]): string[] =>
  placeholders.filter((words) => files.some((path) => readFileSync(path, 'utf8').includes(words)));

test('what a new control is begun with has every placeholder that is looked for', () => {
  const begun = [...newControl('brand-new-thing').values()].join('');
  for (const words of placeholders) expect(begun).toContain(words);
});

describe.each(controls.map((control) => [control.id, control] as const))('%s', (id, control) => {
  test('never passes on facts nobody could read, and says that it has not measured', () => {
    const nothing = allUnknown(subjectOf(control, {})) as never;
    expect([...new Set(control.evaluate(nothing).map(({ status }) => status))]).toEqual(['not-measured']);
    expect(control.unmeasured('111111111111', denial)).toMatchObject({
      id: `111111111111/${id}/*`,
      status: 'not-measured',
      reason: explainGap(denial),
    });
  });

  test('its cases hold; a pass and a fail are among them', async () => {
    const cases = await casesOf(id);
    const judged = cases.map((it) => {
      const rows = control.evaluate(subjectOf(control, it), it.thresholds);
      const said = it.says === undefined || rows[0]?.reason.includes(it.says) === true;
      return { name: it.name, statuses: rows.map(({ status }) => status), said: said || rows[0]?.reason };
    });
    expect(judged).toEqual(cases.map(({ name, expected }) => ({ name, statuses: expected, said: true })));
    for (const status of ['pass', 'fail']) expect(judged.flatMap(({ statuses }) => statuses)).toContain(status);
  });

  test('its rows are well formed, ids are unique and stable, and whatever fails has a remedy', async () => {
    for (const it of await casesOf(id)) {
      const rows = control.evaluate(subjectOf(control, it), it.thresholds);
      for (const row of rows) {
        findingRow.parse(row);
        expect(row.id).toBe(`${row.account}/${id}/${row.resource}`);
        expect(row.gap !== null).toBe(row.status === 'not-measured');
        expect(row.remedy !== null).toBe(row.status === 'fail' || row.status === 'not-measured');
      }
      expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
      expect(control.evaluate(subjectOf(control, it), it.thresholds)).toEqual(rows);
    }
  });

  test('losing any one answer makes no finding better', async () => {
    for (const it of await casesOf(id)) {
      const subject = subjectOf(control, it);
      const before = new Map(control.evaluate(subject, it.thresholds).map((row) => [row.resource, row.status]));
      for (const path of readingsIn(subject)) {
        const lost = withoutReading(subject, path);
        const after = control.evaluate('facts' in lost ? judgedAgain(lost) : lost, it.thresholds);
        const told = `${it.name}: ${path.join('.')}`;
        for (const { resource, status } of after)
          if (status === 'pass' || status === 'not-applicable')
            expect([told, resource, status]).toEqual([told, resource, before.get(resource)]);
        const gone = [...before.keys()].filter((resource) => !after.some((row) => row.resource === resource));
        if (gone.length > 0)
          expect([told, after.some(({ status }) => status === 'not-measured')]).toEqual([told, true]);
      }
    }
  });

  test('it names calls that Assay makes', () => {
    for (const operation of control.operations) expect(Object.keys(operations)).toContain(operation);
    expect(control.title).toMatch(/^[A-Z].*[^.]$/);
    expect(control.method).toMatch(/\.$/);
    expect(scaffolded(`src/controls/${id}/control.ts`, `docs/controls/${id}.md`)).toEqual([]);
  });

  test('its page says what it asks, its severity and its thresholds', () => {
    const page = readFileSync(`docs/controls/${id}.md`, 'utf8');
    expect(page.startsWith(`# ${control.title}\n`)).toBe(true);
    expect(page).toContain(`\`${id}\``);
    expect(page).toContain(control.severity);
    for (const [name, value] of Object.entries(control.thresholds)) expect(page).toContain(`\`${name}\` (${value})`);
    for (const operation of control.operations) expect(page).toContain(`\`${operation}\``);
  });
});

test('a user that the credential report does not know yet is not measured: the report may be four hours old', () => {
  const facts = { ...usersWith({ ann: { passwordEnabled: true } }), credentialReport: report({}) };
  expect(accessKeyAge.evaluate(accountSubject({ facts }))).toMatchObject([
    { status: 'not-measured', gap: { code: 'NOT_IN_SNAPSHOT', operation: 'iam:GetCredentialReport row of ann' } },
  ]);
});

test.each([
  [passwordExpiry, { maxAgeDays: 60 }, '--max-password-age 60'],
  [passwordLength, { minimumLength: 16 }, '--minimum-password-length 16'],
  [passwordReuse, { remembered: 12 }, '--password-reuse-prevention 12'],
] as const)('what $id advises passes the configured threshold', (control, thresholds, option) => {
  const [row] = control.evaluate(accountSubject({ facts: { passwordPolicy: known(null, null) } }), thresholds);
  expect(row).toMatchObject({ status: 'fail', remedy: { command: expect.stringMatching(new RegExp(`${option}$`)) } });
});

test('an answer without the date that decides is no answer that Assay does not know', () => {
  const facts = {
    ...usersWith({ ann: { accessKeys: [{ ...key(null), active: true }] } }),
    serverCertificates: known([certificate('web', null)], null),
    identityProviders: { saml: known([saml('idp', null)], null), oidc: known([], null) },
  };
  for (const control of [accessKeyAge, expiredServerCertificates, samlProviderExpiry]) {
    const [row] = control.evaluate(accountSubject({ facts }));
    expect(row).toMatchObject({ status: 'not-measured', gap: { code: 'NO_DATE' } });
    expect(row?.reason).toMatch(/^the answer names no date: /);
    expect(row?.remedy?.text).not.toContain('report it');
  }
});

test('an unread fact is found wherever it lies', () => {
  expect(
    readingsIn({
      a: known([{ b: known(1, null) }], null),
      c: unknown(denial, denied.kind === 'unknown' ? denied.place : { region: '', operation: '' }),
    }),
  ).toEqual([['a'], ['a', 'value', '0', 'b']]);
});
