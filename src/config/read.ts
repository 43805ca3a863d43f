import { guardrailSettings } from '../domain/guardrail-settings.ts';
import { type Configuration, configurationSchema } from './schema.ts';
import { readYaml } from './yaml.ts';

/** Reads a configuration from YAML. Throws `YamlError` for the first fault; an empty file sets nothing. */
export function readConfiguration(text: string): Configuration {
  const { breakGlass = [], controls = {}, guardrails = {} } = readYaml(text, configurationSchema);
  const { maxKeyAgeDays, allowedAudiences, approved } = guardrailSettings;
  return {
    breakGlass,
    controls: withoutAbsent(controls),
    guardrails: {
      maxKeyAgeDays: guardrails.maxKeyAgeDays ?? maxKeyAgeDays,
      allowedAudiences: guardrails.allowedAudiences ?? allowedAudiences,
      approved: guardrails.approved ?? approved,
    },
  };
}

const withoutAbsent = (controls: Readonly<Record<string, Readonly<Record<string, number | undefined>> | undefined>>) =>
  Object.fromEntries(
    Object.entries(controls).flatMap(([id, set]) => {
      const numbers = Object.entries(set ?? {}).filter((it): it is [string, number] => it[1] !== undefined);
      return numbers.length === 0 ? [] : [[id, Object.fromEntries(numbers)]];
    }),
  );
