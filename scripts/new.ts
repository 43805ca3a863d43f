// Begins one of a kind: `npm run new -- control <id>` writes its code, its cases and its page; `guardrail <id>` its code and its page.
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

const guardrailCode = (id: string): string => `import { defineGuardrail, probe } from '../define.ts';

/** What must be denied to everybody but those it exempts, as AWS writes it. */
const actions = ['bedrock:DeleteGuardrail'];

export const ${camel(id)} = defineGuardrail({
  id: '${id}',
  version: 1,
  title: 'The good state, as a sentence',
  probes: () => actions.map((action) => probe(action, '*')),
  spares: { who: 'users-of-it' },
  closings: () => [{ sid: '${camel(id).replace(/^./, (letter) => letter.toUpperCase())}', actions }],
});
`;

const guardrailPage = (id: string): string => `# ${id}

The good state, as a sentence.

**Must be denied.** \`bedrock:DeleteGuardrail\`. To every principal of the account but those it exempts.

**Why.** What somebody could do who is not stopped.

**Forms that work.** A Deny on \`*\`. Any policy on the path from the root to the account counts, whatever it was written for; a level that does not allow the action closes it as well.

**Forms that look like it.** What a reader could take for it. A policy that is not valid is a gap, never a pass.

**Grades.** As [guardrails](../guardrails.md) says.

**Closing it.** \`assay guardrails --emit scp\` denies with \`${camel(id).replace(/^./, (letter) => letter.toUpperCase())}\`. Exempt: who used it in the window.

**What it does not show.** Whether anybody holds the permission at all: that is \`assay who-can\`.
`;

/** An id is a folder, a page and a key for ever. */
function checkId(id: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id)) throw new TypeError(`not a kebab-case id: \`${id}\``);
}

/** The files of a new guardrail by path; throws for an id that is no kebab-case. */
export function newGuardrail(id: string): ReadonlyMap<string, string> {
  checkId(id);
  return new Map([
    [`src/guardrails/${id}/guardrail.ts`, guardrailCode(id)],
    [`docs/guardrails/${id}.md`, guardrailPage(id)],
  ]);
}

/** The files of a new control by path; throws for an id that is no kebab-case. */
export function newControl(id: string): ReadonlyMap<string, string> {
  checkId(id);
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

const kinds: Readonly<Record<string, (id: string) => ReadonlyMap<string, string>>> = {
  control: newControl,
  guardrail: newGuardrail,
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [kind, id] = process.argv.slice(2);
  try {
    const make = Object.hasOwn(kinds, kind ?? '') ? kinds[kind ?? ''] : undefined;
    if (make === undefined || id === undefined)
      throw new TypeError(`usage: npm run new -- ${Object.keys(kinds).join('|')} <id>`);
    const files = make(id);
    const root = fileURLToPath(new URL('../', import.meta.url));
    write(root, files);
    // First the index, from the folder; then, in a process that loads it, the page.
    for (const _ of ['index', 'pages']) execFileSync(process.execPath, [join(root, 'scripts/generate.ts')]);
    process.stdout.write(`${[...files.keys()].join('\n')}\n`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 64;
  }
}
