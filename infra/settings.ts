import { z } from 'zod';
import type { NightStackProps } from './stacks/night-stack.ts';

// Context values from `--context` are text, those in cdk.json may be numbers.
const Settings = z.object({
  'assay:production': z.union([z.boolean(), z.stringbool()]).default(false),
  'assay:retention-days': z.coerce.number().int().min(400).default(400), // twelve months of audit and some overlap
  'assay:reader-role': z.string().min(1).default('AssayReader'),
  'assay:window-days': z.coerce.number().int().positive().default(90),
  'assay:max-rate': z.coerce.number().positive().optional(), // calls a second, over all functions
  'assay:iam-rate': z.coerce.number().positive().optional(), // the same, to IAM alone
  'assay:hour': z.coerce.number().int().min(0).max(23).default(2),
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
    maxRate: given['assay:max-rate'] ?? null,
    iamRate: given['assay:iam-rate'] ?? null,
  };
}
