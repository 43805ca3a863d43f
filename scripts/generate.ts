// Writes what is derived from elsewhere: indexes of the many-of-a-kind folders and the published JSON Schemas.
// `node scripts/generate.ts` writes; `--check` fails where a file is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { operations } from '../src/catalogue/operations.ts';
import { nightJsonSchema } from '../src/domain/night-json.ts';
import { sealSchema } from '../src/domain/seal.ts';
import { summarySchema } from '../src/domain/summary.ts';
import { tables } from '../src/domain/tables.ts';
import { transcriptLineSchema } from '../src/domain/transcript.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The exported name of a folder's one definition: `credential.ai-key-user-rate` → `credentialAiKeyUserRate`. */
const camel = (id: string): string => id.replace(/[.-](\w)/g, (_, letter: string) => letter.toUpperCase());

function index(kind: string, file: string): string {
  const ids = readdirSync(join(root, 'src', kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const lines = ids.map((id) => `export { ${camel(id)} } from './${id}/${file}.ts';`);
  return `// Generated from the folder by scripts/generate.ts. Do not edit.\n${lines.join('\n')}\n`;
}

const schema = (id: string, type: z.ZodType): string =>
  `${JSON.stringify({ $id: `https://assay.example/schemas/${id}.json`, ...z.toJSONSchema(type, { target: 'draft-2020-12', io: 'output' }) }, null, 2)}\n`;

/** The AWS calls Assay makes, as a page. */
function operationsPage(): string {
  const places = { organization: 'once per organisation', global: 'once per account', region: 'per Region' } as const;
  const rows = Object.entries(operations).map(
    ([operation, { action, where }]) => `| \`${operation}\` | \`${action}\` | ${places[where]} |`,
  );
  return `${[
    '# AWS calls',
    '',
    'Generated from `src/catalogue/operations.ts`. Every call Assay makes, and the IAM action it needs; it makes no other. The temporary credentials that `sts:AssumeRole` returns stay in the adapter and reach no transcript.',
    '',
    '| Call | IAM action | Made |',
    '|---|---|---|',
    ...rows,
  ].join('\n')}\n`;
}

/** Every generated file and its text. */
export const generated = (): ReadonlyMap<string, string> =>
  new Map([
    ['src/collectors/index.ts', index('collectors', 'collector')],
    ['src/metrics/index.ts', index('metrics', 'metric')],
    ['src/guardrails/index.ts', index('guardrails', 'guardrail')],
    ['docs/operations.md', operationsPage()],
    ['docs/schemas/transcript.json', schema('transcript', transcriptLineSchema)],
    ['docs/schemas/summary.json', schema('summary', summarySchema)],
    ['docs/schemas/night.json', schema('night', nightJsonSchema)],
    ['docs/schemas/seal.json', schema('seal', sealSchema)],
    ...Object.entries(tables).map(
      ([name, row]) => [`docs/schemas/table-${name}.json`, schema(`table-${name}`, row)] as const,
    ),
  ]);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  for (const [path, text] of generated()) {
    const file = join(root, path);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    if (check) {
      process.stderr.write(`${path} is out of date: run \`npm run generate\`\n`);
      process.exitCode = 1;
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
