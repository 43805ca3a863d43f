// Writes what is derived from elsewhere: indexes of the many-of-a-kind folders, the published JSON Schemas, definitions in SQL.
// `node scripts/generate.ts` writes; `--check` fails where a file is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { operations } from '../src/catalogue/operations.ts';
import { madeOf } from '../src/catalogue/workload.ts';
import { exceptionsSchema } from '../src/config/exceptions.ts';
import { configurationSchema } from '../src/config/schema.ts';
import { allControls } from '../src/controls/all.ts';
import { weekTables } from '../src/domain/change-table.ts';
import { nightJsonSchema } from '../src/domain/night-json.ts';
import { sealSchema } from '../src/domain/seal.ts';
import { summarySchema } from '../src/domain/summary.ts';
import { severities, tables } from '../src/domain/tables.ts';
import { transcriptLineSchema } from '../src/domain/transcript.ts';
import { weekSchema } from '../src/domain/week.ts';
import type { Operation } from '../src/ports/aws-calls.ts';
import { athenaDefinitions } from '../src/sql/athena.ts';
import { duckdbDefinitions } from '../src/sql/duckdb.ts';

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
  const rows = Object.entries(operations).map(
    ([operation, { action }]) => `| \`${operation}\` | \`${action}\` | ${madeOf(operation as Operation)} |`,
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

/** What is written by hand below the generated head of a control's page. */
const notesHead = '## What it does not show';

/** A control as a page: all but its last section follows from the control. */
function controlPage(control: (typeof allControls)[number]): string {
  const path = join(root, `docs/controls/${control.id}.md`);
  const standing = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const notes = standing.includes(notesHead) ? standing.slice(standing.indexOf(notesHead)) : `${notesHead}\n\n`;
  const thresholds = Object.entries(control.thresholds).map(([name, value]) => `\`${name}\` (${value})`);
  const requirements = Object.entries(control.frameworks).map(([id, them]) => `${id}: ${them.join(', ')}`);
  const lines = [
    ['Id', `\`${control.id}\`, definition ${control.version}`],
    ['Severity', control.severity],
    ['One finding for each', control.resourceType],
    ['Calls', control.operations.map((operation) => `\`${operation}\``).join(', ')],
    ['Thresholds', thresholds.length === 0 ? 'none' : `${thresholds.join(', ')}; [set them](../configuration.md)`],
    ['Frameworks', requirements.length === 0 ? 'none asks for it' : requirements.join('; ')],
  ];
  return `# ${control.title}\n\n${control.method}\n\n| | |\n|---|---|\n${lines.map(([name, text]) => `| ${name} | ${text} |`).join('\n')}\n\n${notes}`;
}

/** What can be configured. */
function configurationPage(): string {
  const rows = allControls.flatMap(({ id, thresholds }) =>
    Object.entries(thresholds).map(([name, value]) => `| [\`${id}\`](controls/${id}.md) | \`${name}\` | ${value} |`),
  );
  return `${[
    '# Configuration',
    '',
    'Generated from `src/config/schema.ts` and the controls. `assay run --config assay.yaml` takes a YAML file ([schema](schemas/configuration.json)).',
    'An unknown key or a wrong value is an error with line and column, exit 64, before anything is asked of AWS. What is set is part of the run id and',
    'stands with every finding and in the reports. In AWS, `cdk synth -c assay:configuration=assay.yaml` gives the functions the same file.',
    '',
    '```yaml',
    'breakGlass:                # users and roles kept for emergencies: counted apart',
    '  - arn:aws:iam::111122223333:role/BreakGlass',
    'controls:',
    '  unused-credentials:',
    '    unusedDays: 90         # CIS asks for 45, PCI DSS 8.2.6 for 90',
    '```',
    '',
    '| Control | Threshold | Default |',
    '|---|---|---|',
    ...rows,
  ].join('\n')}\n`;
}

/** Requirements of CIS AWS Foundations v7.0.0, sections 2 and 4, that need facts nobody collects: ids and our own words. */
const cisNotRead: Readonly<Record<string, string>> = {
  '2.1.3': 'workloads in the management account',
  '2.1.4': 'how OUs are cut',
  '2.1.5': 'delegation of the policies of Organizations, which is a resource policy',
  '2.2': 'contact details of the account',
  '2.3': 'security contact of the account',
  '2.16': 'instance roles of EC2',
  '4.4': 'access logging of the bucket of a trail',
  '4.6': 'rotation of customer keys in KMS',
  '4.7': 'VPC flow logs',
};

/** Every control, worst first. */
function controlsPage(): string {
  const rows = severities.flatMap((severity) =>
    allControls
      .filter((control) => control.severity === severity)
      .map(
        ({ id, title, frameworks }) =>
          `| [${title}](controls/${id}.md) | ${severity} | ${frameworks['cis-aws-7.0.0']?.join(', ') ?? ''} |`,
      ),
  );
  const head = [
    '# Controls',
    '',
    'Generated from `src/controls`. A control asks one thing of every resource of a kind; each answer is a finding: `pass`, `fail`, `not-measured`',
    '(something it needs could not be read: never a pass) or `not-applicable`, with the reason. CIS is the CIS AWS Foundations Benchmark v7.0.0.',
    '',
    `${allControls.length} controls.`,
    '',
    '| Control | Severity | CIS |',
    '|---|---|---|',
  ];
  const answered = new Set(allControls.flatMap(({ frameworks }) => frameworks['cis-aws-7.0.0'] ?? []));
  const open = Object.entries(cisNotRead).filter(([id]) => !answered.has(id));
  const rest = [
    '',
    '## What of CIS v7.0.0, sections 2 and 4, no control answers',
    '',
    'Assay does not read what these requirements are about.',
    '',
    ...open.map(([id, what]) => `- ${id}: ${what}`),
  ];
  return `${[...head, ...rows, ...rest].join('\n')}\n`;
}

/** Every generated file and its text. */
export const generated = (): ReadonlyMap<string, string> =>
  new Map([
    ['src/collectors/index.ts', index('collectors', 'collector')],
    ['src/metrics/index.ts', index('metrics', 'metric')],
    ['src/guardrails/index.ts', index('guardrails', 'guardrail')],
    ['src/controls/index.ts', index('controls', 'control')],
    ['docs/operations.md', operationsPage()],
    ['docs/controls.md', controlsPage()],
    ...allControls.map((control) => [`docs/controls/${control.id}.md`, controlPage(control)] as const),
    ['docs/configuration.md', configurationPage()],
    ['docs/sql/athena.sql', athenaDefinitions('s3://BUCKET/')],
    ['docs/sql/duckdb.sql', duckdbDefinitions('')],
    ['docs/schemas/configuration.json', schema('configuration', configurationSchema)],
    ['docs/schemas/exceptions.json', schema('exceptions', exceptionsSchema)],
    ['docs/schemas/transcript.json', schema('transcript', transcriptLineSchema)],
    ['docs/schemas/summary.json', schema('summary', summarySchema)],
    ['docs/schemas/night.json', schema('night', nightJsonSchema)],
    ['docs/schemas/seal.json', schema('seal', sealSchema)],
    ['docs/schemas/week.json', schema('week', weekSchema)],
    ...Object.entries({ ...tables, ...weekTables }).map(
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
