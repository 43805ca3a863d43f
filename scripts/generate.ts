// Writes what is derived from elsewhere: indexes of the many-of-a-kind folders, the published JSON Schemas, definitions in SQL.
// `node scripts/generate.ts` writes; `--check` fails where a file is out of date.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { frameworks } from '../src/catalogue/frameworks/index.ts';
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
import { weekJsonSchema } from '../src/domain/week-json.ts';
import { type AskedRequirement, askedRequirements, limitWords, windowWords } from '../src/judge/requirements.ts';
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
    ([operation, { action, also = [] }]) =>
      `| \`${operation}\` | ${[action, ...also].map((it) => `\`${it}\``).join(', ')} | ${madeOf(operation as Operation)} |`,
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
    ['Frameworks', requirements.join('; ') || `none. ${control.unmapped}`],
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
    '    unusedDays: 30         # CIS asks for 45, PCI DSS 8.2.6 for 90',
    'guardrails:                # of nights, of the SCPs they write, and of `assay guardrails --config`',
    '  maxKeyAgeDays: 30        # days after which an AI key must expire',
    '  allowedAudiences:        # that outbound tokens may be made for',
    '    - https://api.example.com',
    '  approved:                # exempted principals that are wanted, as the policies write them',
    '    - arn:aws:iam::*:role/ai-platform-admin',
    '```',
    '',
    'A threshold, or a `--window`, laxer than the number that a requirement states ([frameworks](frameworks.md)) lets nothing pass there: what passed is',
    '`not-measured`, and the requirement says why.',
    '',
    'Guardrails are asked by default for keys that expire after 90 days, for no audience and with nobody approved ([guardrails](guardrails.md)). What is',
    'set otherwise stands among the versions of the night: `diff` and the week tell a grade that differs for it as another rule, and a trend begins anew.',
    '',
    '| Control | Threshold | Default |',
    '|---|---|---|',
    ...rows,
  ].join('\n')}\n`;
}

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
  const rest = [
    '',
    '[frameworks.md](frameworks.md) has the requirements of every framework, and what no control answers.',
  ];
  return `${[...head, ...rows, ...rest].join('\n')}\n`;
}

/** Every framework with its requirements, what speaks to them, and what does not. */
function frameworksPage(): string {
  const head = [
    '# Frameworks',
    '',
    'Generated from `src/catalogue/frameworks` and the `frameworks` of controls and figures. Ids of each framework with labels of our own: the text of a',
    'framework is its owner’s and is not here. Every night judges each requirement, in `summary.json` (`requirements`), in the team and the auditor report, and',
    'with `assay frameworks`:',
    '',
    '- **Result**: `fail` where one finding of its controls fails, or a figure that speaks to it has one item on the bad side; else `not-measured` where something',
    '  was not measured or could not be listed; `pass` where all is measured and good; `not-applicable` where there is nobody to ask. What nothing answers is',
    '  `not-measured`: never a pass; nor is what passed by a configured threshold that is laxer than the number which the requirement states (`laxer`).',
    '- **Rate**: findings that pass, of those that pass or fail; what was not measured may be either and widens the bounds. Where a list of resources could not',
    '  be read, the rate is *open*: its pessimistic end is 0, because behind the list may be any number of resources.',
    '- **Accounts**: each by the worst that speaks to the requirement. The organisation itself stands apart.',
    '',
    'No result is an opinion on compliance: each requirement says what of it is not covered. ◇ marks a tie between requirement and controls that is our',
    'proposal and stands in no published mapping that we read.',
  ];
  const parts = frameworks.flatMap(({ id, name, listed, source }) => [
    '',
    `## ${name}`,
    '',
    `\`${id}\`. ${listed} ${source}`,
    '',
    '| Requirement | Answered | Not covered | Controls | Figures |',
    '|---|---|---|---|---|',
    ...askedRequirements.filter(({ framework }) => framework === id).map(requirementLine),
  ]);
  return `${[...head, ...parts].join('\n')}\n`;
}

function requirementLine({
  id,
  label,
  proposal,
  answers,
  notCovered,
  limit,
  windowAtMost,
  controls,
  metrics,
}: AskedRequirement): string {
  const ties = (folder: string, all: readonly { readonly id: string }[]): string =>
    all.map((it) => `[\`${it.id}\`](${folder}/${it.id}.md)`).join(', ');
  const cells = [
    `${answers ?? 'nothing'}${limit === undefined ? '' : ` Asks for ${limitWords(limit)}.`}${windowAtMost === undefined ? '' : ` Asks for ${windowWords(windowAtMost)}.`}`,
    notCovered ?? '',
    ties('controls', controls),
    ties('metrics', metrics),
  ];
  return `| **${id}**${proposal === true ? ' ◇' : ''} ${label} | ${cells.join(' | ')} |`;
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
    ['docs/frameworks.md', frameworksPage()],
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
    ['docs/schemas/week-report.json', schema('week-report', weekJsonSchema)],
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
