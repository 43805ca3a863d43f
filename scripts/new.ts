// Begins one of a kind: `npm run new -- control <id>` writes its code, its cases and its page.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The exported name of a control: `root-access-keys` → `rootAccessKeys`. */
const camel = (id: string): string => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const code = (id: string): string => `import { defineControl } from '../define.ts';
import { theAccount } from '../populations.ts';
import { fail, pass } from '../verdict.ts';

export const ${camel(id)} = defineControl({
  id: '${id}',
  version: 1,
  severity: 'medium',
  title: 'The good state, as a sentence',
  method: 'What is looked at, and when it passes.',
  frameworks: {},
  unmapped: 'Why no requirement asks for it, or its ids above.',
  operations: ['iam:GetAccountSummary'],
  over: theAccount,
  needs: (_, { facts }) => ({ summary: facts.summary }),
  judge: ({ summary: { users } }) =>
    users === 0 ? pass('the account has no users', { users }) : fail('the account has users', { users }),
  remedy: () => ({ text: 'What a person can do about it' }),
});
`;

const cases = (): string => `import type { Case } from '../case.ts';
import { summary } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'the good state', facts: { summary: summary({ users: 0 }) }, expected: ['pass'] },
  { name: 'the bad state', facts: { summary: summary({ users: 1 }) }, expected: ['fail'] },
];
`;

const page = `## What it does not show

What a reader could wrongly conclude.
`;

/** The files of a new control by path; throws for an id that is no kebab-case. */
export function newControl(id: string): ReadonlyMap<string, string> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) throw new TypeError(`not a kebab-case id: \`${id}\``);
  return new Map([
    [`src/controls/${id}/control.ts`, code(id)],
    [`test/controls/cases/${id}.ts`, cases()],
    [`docs/controls/${id}.md`, page],
  ]);
}

/** Writes files that must not exist yet. */
export function write(root: string, files: ReadonlyMap<string, string>): void {
  const there = [...files.keys()].find((path) => existsSync(join(root, path)));
  if (there !== undefined) throw new TypeError(`\`${there}\` exists already`);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kind, id] = process.argv.slice(2);
  try {
    if (kind !== 'control' || id === undefined) throw new TypeError('usage: npm run new -- control <id>');
    const root = fileURLToPath(new URL('../', import.meta.url));
    write(root, newControl(id));
    // First the index, from the folder; then, in a process that loads it, the page.
    for (const _ of ['index', 'pages']) execFileSync(process.execPath, [join(root, 'scripts/generate.ts')]);
    process.stdout.write(`${[...newControl(id).keys()].join('\n')}\n`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 64;
  }
}
