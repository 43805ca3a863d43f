import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fileSigner } from '../../src/adapters/files/signer.ts';
import { templatesOnDisk } from '../../src/adapters/files/templates.ts';
import { runLocalNight } from '../../src/cli/local-night.ts';
import type { ExecutionInput } from '../../src/domain/night.ts';
import type { NightSummary } from '../../src/domain/summary.ts';
import { summaryKey } from '../../src/evidence/run-files.ts';
import type { Dependencies } from '../../src/pipeline/dependencies.ts';
import { fromJson } from '../../src/pipeline/stored.ts';
import { versions } from '../../src/pipeline/versions.ts';
import type { AwsReaders } from '../../src/ports/aws-reader.ts';
import type { Area, ObjectStore } from '../../src/ports/object-store.ts';
import { PdfUnavailable } from '../../src/ports/pdf-printer.ts';
import type { Signer } from '../../src/ports/signer.ts';
import { demoBreakGlass } from '../../src/simulator/demo/index.ts';

// A whole night in memory, for tests: the real workflow file, the real tasks, no disk, no browser.

export const clock = '2026-09-30T06:00:00Z';
const templates = templatesOnDisk({ templates: fileURLToPath(new URL('../../templates', import.meta.url)) });

/** An object store in memory; `objects` maps `<area>/<key>` to bytes. */
export function memoryStore(
  objects = new Map<string, Uint8Array>(),
): ObjectStore & { readonly objects: Map<string, Uint8Array> } {
  const keysOf = (area: Area, prefix: string): string[] =>
    [...objects.keys()]
      .filter((key) => key.startsWith(`${area}/${prefix}`))
      .map((key) => key.slice(area.length + 1))
      .sort();
  return {
    objects,
    get: async (area, key) => objects.get(`${area}/${key}`),
    async putIfAbsent(area, key, bytes) {
      if (objects.has(`${area}/${key}`)) return 'exists';
      objects.set(`${area}/${key}`, bytes);
      return 'created';
    },
    async put(area, key, bytes) {
      objects.set(`${area}/${key}`, bytes);
    },
    async *list(area, prefix) {
      yield* keysOf(area, prefix);
    },
    async *folders(area, prefix) {
      const names = keysOf(area, prefix)
        .map((key) => key.slice(prefix.length).split('/'))
        .filter((rest) => rest.length > 1);
      yield* new Set(names.map(([first]) => first ?? ''));
    },
  };
}

/** A signer with a key of its own for the test run. */
export const testSigner: Signer = fileSigner(join(mkdtempSync(join(tmpdir(), 'assay-key-')), 'key.pem'));

export function world(readers: AwsReaders, more: Partial<Dependencies> = {}): Dependencies {
  return {
    settings: {
      own: null,
      readerRole: 'AssayReader',
      special: { readerRoles: ['AssayReader'], breakGlass: demoBreakGlass },
      formats: ['html'],
      versions: versions({}),
    },
    store: memoryStore(),
    readers,
    signer: testSigner,
    templates,
    pdf: {
      print: () => Promise.reject(new PdfUnavailable('no browser in this test')),
      close: async () => {},
    },
    pause: async () => {},
    ...more,
  };
}

export const inputAt = (at: string = clock, more: Partial<ExecutionInput> = {}): ExecutionInput => ({
  scheduledTime: at,
  kind: 'night',
  input: { source: 'simulator', digest: null },
  selection: { accounts: [], skip: [], ous: [] },
  windowDays: 90,
  ...more,
});

/** Runs a night and gives its outcome with the summary, where there is one. */
export async function night(dependencies: Dependencies, input: ExecutionInput = inputAt()) {
  const outcome = await runLocalNight({ input, dependencies, onEvent: () => {}, sleep: async () => {} });
  const bytes = await dependencies.store.get('archive', summaryKey(outcome.night));
  return { outcome, summary: bytes === undefined ? undefined : fromJson<NightSummary>(bytes) };
}

/** The organisation's figure of a night. */
export const figure = (summary: NightSummary | undefined, id: string, scope = 'organization') =>
  summary?.metrics.find((metric) => metric.id === id && metric.scope === scope);

type Cell = NightSummary['metrics'][number];
/** The figures of a night in every scope and on every basis. */
export const cellsOf = (summary: NightSummary | undefined): readonly Cell[] => summary?.metrics ?? [];

/**
 * Figures whose pessimistic bound, with or without exceptions, is better than in another night, which knew more: none ever is. One that is
 * left out, because somebody hides it, is at the worst there is; one that nobody was counted for in the other night is not compared.
 */
export function better(lost: NightSummary | undefined, other: NightSummary | undefined): string[] {
  const figures = cellsOf(other).flatMap((cell) => {
    const { id, scope, basis, worse } = cell;
    const found = cellsOf(lost).find((it) => it.id === id && it.scope === scope && it.basis === basis);
    return ([[''], ['with exceptions ', 'withExceptions']] as const).flatMap(([words, part]) => {
      const { pessimistic } = part === undefined ? cell : cell[part];
      const bound = (part === undefined ? found : found?.[part])?.pessimistic ?? (worse === 'higher' ? 1 : 0);
      const gain = worse === 'higher' ? pessimistic - bound : bound - pessimistic;
      return gain > 1e-12 ? [`${words}${id} (${basis}) of ${scope}: ${pessimistic} became ${bound}`] : [];
    });
  });
  return [
    ...figures,
    ...betterPractices(lost, other),
    ...betterControls(lost, other),
    ...betterRequirements(lost, other),
  ];
}

type Control = NightSummary['controls'][number];

/** Accounts that do not hold to a control, or of which nobody knows: never fewer of them with less known, with or without exceptions. */
function betterControls(lost: NightSummary | undefined, other: NightSummary | undefined): string[] {
  const bad = ({ accounts }: Control): number => accounts.fail + accounts['not-measured'];
  const badWithExceptions = (control: Control): number => bad(control) - control.excepted.accounts;
  return (other?.controls ?? []).flatMap((control) => {
    const found = lost?.controls.find(({ id }) => id === control.id) ?? control;
    return [bad, badWithExceptions].flatMap((of) =>
      of(found) < of(control) ? [`control ${control.id}: ${of(control)} accounts became ${of(found)}`] : [],
    );
  });
}

/** Bad results: what fails, and what nobody knows. */
const isBad = (result: Requirement['result']): boolean => result === 'fail' || result === 'not-measured';
type Requirement = NightSummary['requirements'][number];

/**
 * What a requirement is told as: no good result where it was a bad one, no fewer accounts that do not meet it, for the organisation none
 * better, and no rate with a better worse end. A rate of nothing is at its worst.
 */
function betterRequirements(lost: NightSummary | undefined, other: NightSummary | undefined): string[] {
  const badAccounts = ({ accounts }: Requirement): number => accounts.fail + accounts['not-measured'];
  return (other?.requirements ?? []).flatMap((before) => {
    const { framework, id } = before;
    const found = lost?.requirements.find((it) => it.framework === framework && it.id === id);
    if (found === undefined) return [];
    const told = [
      isBad(before.result) && !isBad(found.result) ? `${before.result} became ${found.result}` : null,
      badAccounts(found) < badAccounts(before) ? `${badAccounts(before)} accounts became ${badAccounts(found)}` : null,
      before.organization !== null && isBad(before.organization) && !isBad(found.organization ?? 'not-measured')
        ? `of the organisation ${before.organization} became ${found.organization}`
        : null,
      (found.rate?.pessimistic ?? 0) > (before.rate?.pessimistic ?? 1) + 1e-12
        ? `rate ${before.rate?.pessimistic} became ${found.rate?.pessimistic}`
        : null,
    ];
    return told.flatMap((words) => (words === null ? [] : [`requirement ${framework}/${id}: ${words}`]));
  });
}

const words = ['open', 'partly', 'in-place'];

/** "not measured" claims nothing: it is no better than any other word, and only "in place" is better than it. */
function betterPractices(lost: NightSummary | undefined, other: NightSummary | undefined): string[] {
  return (other?.practices ?? []).flatMap(({ practice, state }) => {
    const found = lost?.practices.find((it) => it.practice === practice)?.state ?? 'not-measured';
    const gained =
      found === 'in-place'
        ? state !== 'in-place'
        : words.indexOf(found) > words.indexOf(state) && state !== 'not-measured';
    return gained ? [`practice ${practice}: ${state} became ${found}`] : [];
  });
}
