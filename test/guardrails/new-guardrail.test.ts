import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { newGuardrail, write } from '../../scripts/new.ts';
import { scpOf } from '../../src/actions/scps.ts';
import { describeAction } from '../../src/catalogue/actions.ts';
import { guardrailSettings } from '../../src/domain/guardrail-settings.ts';
import { accountId } from '../../src/domain/ids.ts';
import type { Guardrail } from '../../src/guardrails/define.ts';
import { parsePolicy } from '../../src/iam/parse.ts';
import type { Policy } from '../../src/iam/policy.ts';
import { fenceAlone } from '../../src/judge/fences.ts';
import { allGuardrails, gradeGuardrails } from '../../src/judge/guardrails.ts';
import { guardrailWords } from '../../src/reports/guardrail-words.ts';

const root = mkdtempSync(join(tmpdir(), 'new-guardrail-'));
afterAll(() => rmSync(root, { recursive: true }));
const account = accountId('111122223333');

test('a new guardrail works as it is written: absent without a policy, enforced by the SCP that it writes', async () => {
  cpSync('src/guardrails', join(root, 'src/guardrails'), { recursive: true });
  for (const folder of ['src/domain', 'src/iam', 'src/catalogue', 'node_modules'])
    symlinkSync(resolve(folder), join(root, folder));
  const files = newGuardrail('brand-new-thing');
  write(root, files);
  const { brandNewThing } = (await import(join(root, 'src/guardrails/brand-new-thing/guardrail.ts'))) as {
    brandNewThing: Guardrail;
  };
  const gradeBehind = (...scps: Policy[]) =>
    gradeGuardrails(fenceAlone(account, scps), [], { guardrails: [brandNewThing], settings: guardrailSettings })[0]
      ?.grade;
  expect(gradeBehind()).toBe('absent');
  expect(gradeBehind(parsePolicy(scpOf(brandNewThing, []), 'scp', 'closing'))).toBe('enforced');
  for (const { action } of brandNewThing.probes({ account, ...guardrailSettings }))
    expect(describeAction(action)?.name).toBe(action);
  expect(() => write(root, files)).toThrow('exists already');
});

test.each(['Root', 'root_keys', 'root--keys', '../x', ''])('an id that is no kebab-case is refused: `%s`', (id) => {
  expect(() => newGuardrail(id)).toThrow('kebab-case');
});

test('every guardrail has its words in reports', () => {
  expect(Object.keys(guardrailWords).sort()).toEqual(allGuardrails.map(({ id }) => id).sort());
});
