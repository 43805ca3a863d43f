import { z } from 'zod';
import { allControls } from '../controls/all.ts';
import type { Exception } from '../domain/exception.ts';
import { readYaml } from './yaml.ts';

/** A fault of something that must be there, or is of another kind. */
const fault = (what: string, otherwise: string) => ({
  error: ({ input }: { readonly input?: unknown }) => (input === undefined ? `${what} is missing` : otherwise),
});

const words = (what: string) => z.string(fault(what, 'expected text')).regex(/\S/, `${what} is empty`);

const list = <Item extends z.ZodType>(item: Item, what: string) =>
  z.array(item, { error: `expected a list of ${what}` }).min(1, `an empty list of ${what} matches nothing`);

const controlIds = allControls.map(({ id }) => id) as [string, ...string[]];

const exception = z.strictObject({
  id: z
    .string(fault('the id', 'expected text'))
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'an id has letters, digits, dots, dashes and underscores, at most 64')
    .describe('its name in reports: unique in the file'),
  controls: list(
    z.enum(controlIds, { error: ({ input }) => `\`${input}\` is no control: docs/controls.md lists them` }),
    'controls',
  ).describe('ids of controls: a finding of any of them'),
  accounts: list(z.string().regex(/^\d{12}$/, 'an account id has 12 digits'), 'accounts')
    .optional()
    .describe("in any of these accounts; without it in any account, and the organisation's own findings"),
  resources: list(words('the resource'), 'resources')
    .optional()
    .describe('of any of these resources, as findings name them: `*` any run of characters, `?` any one, in its case'),
  owner: words('the owner').describe('who asked for it, and answers for it'),
  reason: words('the reason').describe('why the finding is lived with'),
  approver: words('the approver').describe('who agreed'),
  expires: z.iso
    .date(fault('the date it expires on', 'no date: write it as 2026-12-31'))
    .describe('the last day on which it holds, UTC'),
});

/** Findings that an organisation decided to live with for a time. Published as JSON Schema; an unknown key is an error, never ignored. */
export const exceptionsSchema = z
  .strictObject({
    exceptions: z
      .array(exception, { error: 'expected a list of exceptions' })
      .superRefine((all, context) => {
        const seen = new Set<string>();
        for (const [index, { id }] of all.entries()) {
          if (seen.has(id)) context.addIssue({ code: 'custom', path: [index, 'id'], message: `a second \`${id}\`` });
          seen.add(id);
        }
      })
      .optional(),
  })
  .describe('exceptions of Assay');

/**
 * Reads exceptions from YAML. Throws `YamlError` for the first fault. Every value is text, so that an account id needs no quotes; an empty
 * file excepts nothing.
 */
export const readExceptions = (text: string): readonly Exception[] =>
  readYaml(text, exceptionsSchema, { schema: 'failsafe' }).exceptions ?? [];
