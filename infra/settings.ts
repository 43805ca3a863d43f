import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { readExceptions } from '../src/config/exceptions.ts';
import { readConfiguration } from '../src/config/read.ts';
import { weekDays } from './constructs/run-schedule.ts';
import type { SettingFiles } from './constructs/settings-layer.ts';
import type { NightStackProps } from './stacks/night-stack.ts';

// Context values from `--context` are text, those in cdk.json may be numbers.
const Settings = z.object({
  'assay:production': z.union([z.boolean(), z.stringbool()]).default(false),
  'assay:retention-days': z.coerce.number().int().min(400).default(400), // twelve months of audit and some overlap
  'assay:reader-role': z.string().min(1).default('AssayReader'),
  'assay:window-days': z.coerce.number().int().positive().default(90),
  'assay:max-rate': z.coerce.number().positive().optional(), // calls a second, over all functions
  'assay:iam-rate': z.coerce.number().positive().optional(), // the same, to IAM alone
  'assay:configuration': z.string().min(1).optional(), // a YAML file (docs/configuration.md)
  'assay:exceptions': z.string().min(1).optional(), // a YAML file (docs/exceptions.md)
  'assay:hour': z.coerce.number().int().min(0).max(23).default(2),
  'assay:week-day': z.enum(weekDays).default('MON'), // of the report of a week
  'assay:week-hour': z.coerce.number().int().min(0).max(23).optional(), // six hours after the night, where nothing is said
});

/** The installation's settings from the context: `cdk synth -c assay:production=true`. A value that is none is an error. */
export function settingsFrom(context: (name: string) => unknown): NightStackProps {
  const given = Settings.parse(
    Object.fromEntries(Object.keys(Settings.shape).map((name) => [name, context(name) ?? undefined])),
  );
  return {
    lock: { mode: given['assay:production'] ? 'compliance' : 'governance', days: given['assay:retention-days'] },
    readerRole: given['assay:reader-role'],
    windowDays: given['assay:window-days'],
    hour: given['assay:hour'],
    week: { day: given['assay:week-day'], hour: given['assay:week-hour'] ?? (given['assay:hour'] + 6) % 24 },
    maxRate: given['assay:max-rate'] ?? null,
    iamRate: given['assay:iam-rate'] ?? null,
    settings: checked({ configuration: given['assay:configuration'], exceptions: given['assay:exceptions'] }),
  };
}

/** The setting files, checked while the templates are made, not at night. */
function checked(files: { readonly configuration?: string; readonly exceptions?: string }): SettingFiles {
  const { configuration = null, exceptions = null } = files;
  if (configuration !== null) readConfiguration(textOf(configuration));
  if (exceptions !== null) readExceptions(textOf(exceptions));
  return { configuration, exceptions };
}

function textOf(path: string): string {
  const bytes = readFileSync(path);
  if (!isUtf8(bytes)) throw new RangeError(`${path}: not UTF-8`);
  return bytes.toString('utf8');
}
