import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recorded, scratch } from '../support/command-line.ts';

const allow = {
  name: 'own',
  document: { Version: '2012-10-17', Statement: [{ Sid: 'Read', Effect: 'Allow', Action: 's3:Get*', Resource: '*' }] },
};
const request = {
  principal: 'arn:aws:iam::111122223333:user/ana',
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/k',
};
const caseOf = (id: unknown, more: object = {}, policies: object = {}) =>
  JSON.stringify({ id, request, policies: { identity: [allow], scps: [], rcps: [], ...policies }, ...more });

const file = (...lines: string[]): string => {
  const path = join(scratch(), 'cases.jsonl');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};
const linesIn = (text: string): unknown[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('one line out per line in, ids as they came', async () => {
  const { exit, out, err } = await recorded(['evaluate', file(caseOf('a'), '', caseOf(7, {}, { identity: [] }))]);
  expect(linesIn(out)).toEqual([
    { id: 'a', decision: 'Allowed' },
    { id: 7, decision: 'ImplicitlyDenied' },
  ]);
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
});

test('a case that expects another decision ends 1 and is named', async () => {
  const { exit, err } = await recorded([
    'evaluate',
    file(caseOf('a', { expected: 'Allowed' }), caseOf('b', { expected: 'ExplicitlyDenied' })),
  ]);
  expect(exit).toBe(1);
  expect(err).toBe(
    'line 2 (b): expected ExplicitlyDenied, decided Allowed\n1 of 2 cases differ from what they expect\n',
  );
});

test('a case that cannot be read has a gap, never a decision; the others are decided; ends 64', async () => {
  const broken = {
    name: 'x',
    document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'all', Resource: '*' }] },
  };
  const path = file(caseOf('a', {}, { identity: [broken] }), '{', caseOf('c'), caseOf('d', { expected: 'maybe' }));
  const { exit, out, err } = await recorded(['evaluate', path]);
  expect(exit).toBe(64);
  expect(linesIn(out)).toMatchObject([
    {
      id: 'a',
      gap: { code: 'UNPARSABLE', place: 'line 1: Statement[0].Action', problem: 'not `service:Action`: `all`' },
    },
    { id: null, gap: { code: 'UNPARSABLE', place: 'line 2' } },
    { id: 'c', decision: 'Allowed' },
    { id: 'd', gap: { code: 'UNPARSABLE', place: 'line 4' } },
  ]);
  expect(err).toContain('3 of 4 cases could not be read');
});

test('a file that is no file of cases is told in a few lines, and what form it should have', async () => {
  const { exit, err } = await recorded(['evaluate', file(...Array.from({ length: 50 }, (_, at) => `# ${at}`))]);
  expect(exit).toBe(64);
  expect(err.trimEnd().split('\n')).toHaveLength(11);
  expect(err).toContain(
    '50 of 50 cases could not be read; of the other 40 the output has the line; a file of cases has',
  );
});

test('--explain names the statement that decided, or the layer whose Allow is missing', async () => {
  const scps = [
    [
      {
        name: 'root',
        document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ec2:*', Resource: '*' }] },
      },
    ],
  ];
  const { out } = await recorded(['evaluate', '--explain', file(caseOf('a'), caseOf('b', {}, { scps }))]);
  expect(linesIn(out)).toEqual([
    {
      id: 'a',
      decision: 'Allowed',
      because: [{ layer: 'identity', policy: 'own', statement: 'Read', effect: 'Allow', conditions: [] }],
      missing: [],
    },
    { id: 'b', decision: 'ImplicitlyDenied', because: [], missing: [{ layer: 'scp', level: 0 }] },
  ]);
});

test('--timing prints one JSON line on standard error', async () => {
  const { err } = await recorded(['evaluate', '--timing', file(caseOf('a'), caseOf('b'))]);
  expect(JSON.parse(err)).toEqual({ cases: 2, parseMs: expect.any(Number), evaluateMs: expect.any(Number) });
});

test('a file that is not there is one line and 64', async () => {
  expect(await recorded(['evaluate', '/nowhere/cases.jsonl'])).toEqual({
    exit: 64,
    out: '',
    err: 'assay: /nowhere/cases.jsonl: no such file; give a file of cases, or - for standard input\n',
  });
});
