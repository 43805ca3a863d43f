import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newControl, write } from '../../scripts/new.ts';
import { denied } from '../support/facts.ts';
import { accountSubject, type Case } from './case.ts';

const root = mkdtempSync(join(tmpdir(), 'new-control-'));
afterAll(() => rmSync(root, { recursive: true }));

test('a new control works as it is written: its cases hold, and it does not pass on what nobody could read', async () => {
  for (const folder of ['src/controls', 'test/controls', 'test/support'])
    cpSync(folder, join(root, folder), { recursive: true });
  for (const folder of [
    'src/domain',
    'src/iam',
    'src/catalogue',
    'src/judge',
    'src/guardrails',
    'src/metrics',
    'node_modules',
  ])
    symlinkSync(resolve(folder), join(root, folder));
  const files = newControl('brand-new-thing');
  write(root, files);
  const { brandNewThing } = await import(join(root, 'src/controls/brand-new-thing/control.ts'));
  const { cases } = (await import(join(root, 'test/controls/cases/brand-new-thing.ts'))) as { cases: readonly Case[] };
  for (const { facts = {}, expected } of cases)
    expect(brandNewThing.evaluate(accountSubject({ facts })).map(({ status }: { status: string }) => status)).toEqual(
      expected,
    );
  expect(brandNewThing.evaluate(accountSubject({ facts: { summary: denied } }))[0].status).toBe('not-measured');
  expect(() => write(root, files)).toThrow('exists already');
});

test.each(['Root', 'root_keys', 'root--keys', '../x', ''])('an id that is no kebab-case is refused: `%s`', (id) => {
  expect(() => newControl(id)).toThrow('kebab-case');
});
