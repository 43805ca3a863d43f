import { coreAiEventClasses } from '../catalogue/ai-event-classes.ts';
import { credentialServices } from '../catalogue/credential-services.ts';
import { digestOf } from '../evidence/canonical.ts';
import { allMetrics } from './judge-account.ts';

/** Version of the code that decides results; raised with every release. */
export const codeVersion = '0.1.0';

const digest = (value: unknown): string => digestOf(value).slice(0, 16);

/** What decided a night's result besides its input: named in the run id, the summary and the seal. */
export function versions(configuration: Readonly<Record<string, unknown>>): Record<string, string> {
  return {
    code: codeVersion,
    catalogue: digest([coreAiEventClasses, credentialServices]),
    definitions: digest(allMetrics.map(({ id, version }) => [id, version])),
    configuration: digest(configuration),
    exceptions: 'none',
  };
}
