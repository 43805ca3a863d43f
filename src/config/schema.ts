import { z } from 'zod';
import { allControls } from '../controls/all.ts';
import { type GuardrailSettings, guardrailSettings } from '../domain/guardrail-settings.ts';

/** A threshold: days, characters or passwords, as the control says. */
const threshold = z.number().int().positive();

/** The thresholds of each control that has any, by name. */
const controls = z.strictObject(
  Object.fromEntries(
    allControls
      .filter(({ thresholds }) => Object.keys(thresholds).length > 0)
      .map(({ id, title, thresholds }) => [
        id,
        z
          .strictObject(
            Object.fromEntries(
              Object.entries(thresholds).map(([name, value]) => [
                name,
                threshold.optional().describe(`default: ${value}`),
              ]),
            ),
          )
          .optional()
          .describe(title),
      ]),
  ),
);

/** What is asked of guardrails (design §4). AWS lets a key live 36,600 days at most. */
const guardrails = z.strictObject({
  maxKeyAgeDays: threshold
    .max(36_600)
    .optional()
    .describe(`days after which an AI key must expire; default: ${guardrailSettings.maxKeyAgeDays}`),
  allowedAudiences: z
    .array(z.string().min(1))
    .optional()
    .describe('audiences that outbound tokens may be made for; default: none'),
  approved: z
    .array(z.string().min(1))
    .optional()
    .describe('exempted principals that are wanted, as the policies write them; default: none'),
});

/** What an organisation sets for all its nights. Published as JSON Schema; an unknown key is an error, never ignored. */
export const configurationSchema = z
  .strictObject({
    breakGlass: z
      .array(z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/.+$/, 'not the ARN of an IAM role or user'))
      .optional()
      .describe('ARNs of users and roles that are kept for emergencies: counted apart'),
    guardrails: guardrails.optional().describe('what is asked of guardrails, where it is not the defaults'),
    controls: controls.optional().describe('thresholds of controls, where they are not the defaults'),
  })
  .describe('configuration of Assay');

export interface Configuration {
  readonly breakGlass: readonly string[];
  /** Thresholds by control. */
  readonly controls: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly guardrails: GuardrailSettings;
}

/** What holds without a file. */
export const defaultConfiguration: Configuration = {
  breakGlass: [],
  controls: {},
  guardrails: guardrailSettings,
};
