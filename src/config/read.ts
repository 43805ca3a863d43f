import { type Configuration, configurationSchema } from './schema.ts';
import { readYaml } from './yaml.ts';

/** Reads a configuration from YAML. Throws `YamlError` for the first fault; an empty file sets nothing. */
export function readConfiguration(text: string): Configuration {
  const { breakGlass = [], controls = {} } = readYaml(text, configurationSchema);
  return { breakGlass, controls: withoutAbsent(controls) };
}

const withoutAbsent = (controls: Readonly<Record<string, Readonly<Record<string, number | undefined>> | undefined>>) =>
  Object.fromEntries(
    Object.entries(controls).flatMap(([id, set]) => {
      const numbers = Object.entries(set ?? {}).filter((it): it is [string, number] => it[1] !== undefined);
      return numbers.length === 0 ? [] : [[id, Object.fromEntries(numbers)]];
    }),
  );
