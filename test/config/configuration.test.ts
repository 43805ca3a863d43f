import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { reportColumns } from '../../src/adapters/files/snapshot/credential-report.ts';
import { readConfiguration } from '../../src/config/read.ts';
import { YamlError } from '../../src/config/yaml.ts';
import { allControls } from '../../src/controls/all.ts';
import { guardrailSettings } from '../../src/domain/guardrail-settings.ts';
import { recorded, scratch } from '../support/command-line.ts';

test.each([
  { name: 'nothing', text: '', controls: {}, breakGlass: [] },
  { name: 'comments alone', text: '# nothing\n', controls: {}, breakGlass: [] },
  {
    name: 'a threshold',
    text: 'controls:\n  unused-credentials:\n    unusedDays: 90\n',
    controls: { 'unused-credentials': { unusedDays: 90 } },
    breakGlass: [],
  },
  {
    name: 'JSON, which is YAML',
    text: '{"breakGlass": ["arn:aws:iam::111122223333:role/Emergency"], "controls": {"access-key-age": {}}}',
    controls: {},
    breakGlass: ['arn:aws:iam::111122223333:role/Emergency'],
  },
])('$name', ({ text, controls, breakGlass }) => {
  expect(readConfiguration(text)).toEqual({ controls, breakGlass, guardrails: guardrailSettings });
});

const place = (text: string): string => {
  try {
    readConfiguration(text);
    return 'no fault';
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return `${error.at.line}:${error.at.column} ${error.problem}`;
  }
};

test.each([
  { name: 'an unknown key', text: 'control:\n', at: /^1:1 unknown key `control`/ },
  {
    name: 'an unknown control',
    text: 'controls:\n  unused-credential:\n    unusedDays: 90\n',
    at: /^2:3 unknown key `unused-credential` in controls/,
  },
  {
    name: 'an unknown threshold',
    text: 'controls:\n  unused-credentials:\n    days: 90\n',
    at: /^3:5 unknown key `days` in controls.unused-credentials/,
  },
  {
    name: 'a text for a number',
    text: 'controls:\n  access-key-age: { maxAgeDays: ninety }\n',
    at: /^2:33 controls.access-key-age.maxAgeDays: expected number/,
  },
  {
    name: 'zero',
    text: 'controls:\n  access-key-age:\n    maxAgeDays: 0\n',
    at: /^3:17 controls.access-key-age.maxAgeDays: /,
  },
  { name: 'a half', text: 'controls:\n  access-key-age:\n    maxAgeDays: 1.5\n', at: /^3:17 / },
  { name: 'nothing where something is wanted', text: 'controls:\n  access-key-age:\n', at: /^2:3 |^2:18 / },
  {
    name: 'no ARN',
    text: 'breakGlass:\n  - arn:aws:iam::111122223333:role/A\n  - BreakGlass\n',
    at: /^3:5 breakGlass.1: not the ARN/,
  },
  { name: 'the same key twice', text: 'breakGlass: []\nbreakGlass: []\n', at: /^2:1 Map keys must be unique/ },
  { name: 'no YAML', text: 'controls: [\n', at: /^\d:\d+ / },
  { name: 'a tag that nobody knows', text: 'breakGlass: !!python/object []\n', at: /^1:13 / },
  { name: 'two documents', text: 'breakGlass: []\n---\nbreakGlass: []\n', at: /^[123]:1 / },
  { name: 'an alias', text: 'breakGlass: &a []\ncontrols: *a\n', at: /^2:11 an alias \(`\*a`\)/ },
  {
    name: 'an unknown setting of guardrails',
    text: 'guardrails:\n  maxAge: 30\n',
    at: /^2:3 unknown key `maxAge` in guardrails/,
  },
  {
    name: 'more days than AWS takes',
    text: 'guardrails:\n  maxKeyAgeDays: 36601\n',
    at: /^2:18 guardrails.maxKeyAgeDays: /,
  },
  {
    name: 'an empty audience',
    text: 'guardrails:\n  allowedAudiences: [""]\n',
    at: /^2:22 guardrails.allowedAudiences.0: /,
  },
  { name: 'a list', text: '- a\n', at: /^1:1 expected object/ },
])('refused with line and column: $name', ({ text, at }) => {
  expect(place(text)).toMatch(at);
});

test('whatever the text, it is read or refused with a place inside it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'abc:-#{}[],"\' \n&*!|>%@0') }), (text) => {
      const said = place(text);
      const [, line] = /^(\d+):(\d+) ./.exec(said) ?? [];
      expect(said === 'no fault' || Number(line) <= text.split('\n').length + 1).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('every threshold of every control can be set', () => {
  for (const { id, thresholds } of allControls)
    for (const name of Object.keys(thresholds))
      expect(readConfiguration(`controls:\n  ${id}:\n    ${name}: 7\n`).controls).toEqual({ [id]: { [name]: 7 } });
});

test('a wrong file ends 64 with its place before a night begins', async () => {
  const file = join(scratch(), 'assay.yaml');
  writeFileSync(file, 'controls:\n  nothing-like-it: {}\n');
  const root = scratch();
  expect(await recorded(['run', '--config', file, '--output-dir', root])).toMatchObject({
    exit: 64,
    out: '',
    err: expect.stringContaining(`${file}:2:3: unknown key \`nothing-like-it\` in controls`),
  });
  expect(await recorded(['run', '--config', join(root, 'none.yaml')])).toMatchObject({
    exit: 64,
    err: expect.stringContaining('ENOENT'),
  });
});

test('what is set decides, is printed with the result, and makes another run of it', async () => {
  process.env['XDG_CONFIG_HOME'] = scratch(); // the sealing key of this test
  const ann: Readonly<Record<string, string>> = {
    user: 'ann',
    arn: 'arn:aws:iam::111122223333:user/ann',
    user_creation_time: '2020-01-01T00:00:00Z',
    access_key_1_active: 'true',
    access_key_1_last_rotated: '2026-06-01T00:00:00Z',
  };
  const csv = [
    reportColumns.join(),
    reportColumns.map((column) => ann[column] ?? (column.endsWith('active') ? 'false' : 'N/A')).join(),
  ];
  const report = join(scratch(), 'report.csv');
  writeFileSync(report, `${csv.join('\n')}\n`);
  const config = join(scratch(), 'assay.yaml');
  writeFileSync(config, 'controls:\n  access-key-age:\n    maxAgeDays: 365\n');
  const night = async (...more: string[]) => {
    const args = ['run', '--snapshot', report, '--clock', '2026-09-30T06:00:00Z', '--output-dir', scratch(), '--json'];
    const { out } = await recorded([...args, '--format', 'html', '--quiet', ...more]);
    const { controls, run } = JSON.parse(out);
    return { run: run.id, ...controls.find(({ id }: { id: string }) => id === 'access-key-age') };
  };
  const [usual, told] = [await night(), await night('--config', config)];
  expect(usual).toMatchObject({ thresholds: { maxAgeDays: 90 }, findings: { fail: 1, pass: 0 } });
  expect(told).toMatchObject({ thresholds: { maxAgeDays: 365 }, findings: { fail: 0, pass: 1 } });
  expect(told.run).not.toBe(usual.run);
});
