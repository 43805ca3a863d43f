import { coreAiEventClasses } from '../catalogue/ai-event-classes.ts';
import { credentialServices } from '../catalogue/credential-services.ts';
import { allControls } from '../controls/all.ts';
import type { Exception } from '../domain/exception.ts';
import { type GuardrailSettings, guardrailSettings, versionsOfGuardrails } from '../domain/guardrail-settings.ts';
import { digestOf, sha256 } from '../evidence/canonical.ts';
import { codeVersion } from './code-version.ts';
import { allMetrics } from './judge-account.ts';

const digest = (value: unknown): string => digestOf(value).slice(0, 16);

/** Those of guardrails that are not the defaults. */
export const guardrailVersions = (settings: GuardrailSettings): Record<string, string> =>
  versionsOfGuardrails(settings, digest);

/**
 * What decided a night's result besides its input: named in the run id, the summary and the seal. Of the file of exceptions, null without one,
 * it names what `sha256sum` says.
 */
export function versions(
  configuration: Readonly<Record<string, unknown>>,
  exceptions: readonly Exception[] = [],
  guardrails: GuardrailSettings = guardrailSettings,
  exceptionsFile: Uint8Array | null = null,
): Record<string, string> {
  return {
    code: codeVersion,
    catalogue: digest([coreAiEventClasses, credentialServices]),
    definitions: digest([...allMetrics, ...allControls].map(({ id, version }) => [id, version])),
    configuration: digest(configuration),
    ...guardrailVersions(guardrails),
    exceptions: exceptions.length === 0 ? 'none' : digest(exceptions),
    ...(exceptionsFile === null ? {} : { exceptionsFile: sha256(exceptionsFile) }),
  };
}
