import { createHash } from 'node:crypto';
import jsonata from 'jsonata';

// AWS developer guide, "Transforming data with JSONata": the functions that Step Functions adds to JSONata.
const added = ['partition', 'range', 'hash', 'random', 'uuid', 'parse'];

// JSONata 2.0.6 itself. Left out: `eval`, which Step Functions does not have, and `shuffle`, whose chance cannot be injected.
const builtIn = [
  'abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl decodeUrlComponent',
  'distinct each encodeUrl encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber fromMillis',
  'join keys length lookup lowercase map match max merge millis min not now number pad parseInteger power reduce replace',
  'reverse round sift single sort split spread sqrt string substring substringAfter substringBefore sum toMillis trim type',
  'uppercase zip',
].flatMap((line) => line.split(' '));

/** Names of every function an expression may call. */
export const knownFunctions: ReadonlySet<string> = new Set([...builtIn, ...added]);

/** Where an expression takes time and chance from. */
export interface Nature {
  readonly now: () => Date;
  readonly random: () => number;
}

/** A function as JSONata calls it: arguments unchecked. */
export type Callable = (...given: unknown[]) => unknown;

/** The functions Step Functions adds, and JSONata's clock functions on the injected clock. */
export function stepFunctions({ now, random }: Nature): Readonly<Record<string, Callable>> {
  return {
    partition,
    range,
    hash,
    parse: (text) => JSON.parse(textOf(text, '$parse')) as unknown,
    uuid: () => uuid(random),
    // The same seed gives the same number, but not the number AWS would give: its generator is not documented.
    random: (seed) => (seed === undefined ? random() : seeded(integerOf(seed, '$random'))),
    millis: () => now().getTime(),
    now: (picture, zone) => fromMillis.evaluate(undefined, { at: now().getTime(), picture, zone }),
  };
}

const fromMillis = jsonata('$fromMillis($at, $picture, $zone)');

/** A version 4 UUID (RFC 9562 §5.4) from the given source of chance. */
export function uuid(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const nibble = Math.floor(random() * 16);
    return (place === 'x' ? nibble : (nibble % 4) + 8).toString(16);
  });
}

function partition(list: unknown, size: unknown): unknown {
  const width = integerOf(size, '$partition');
  if (!Array.isArray(list) || width < 1) throw new TypeError('$partition wants an array and a positive integer');
  return Array.from({ length: Math.ceil(list.length / width) }, (_, part) =>
    list.slice(part * width, (part + 1) * width),
  );
}

// As States.ArrayRange, which it replaces: the end is included, 1,000 elements at most.
function range(start: unknown, end: unknown, step: unknown): number[] {
  const [from, to, by] = [start, end, step].map((given) => integerOf(given, '$range')) as [number, number, number];
  if (by === 0) throw new RangeError('$range wants a step other than 0');
  const length = Math.max(0, Math.floor((to - from) / by) + 1);
  if (length > 1000) throw new RangeError('$range gives at most 1000 elements');
  return Array.from({ length }, (_, place) => from + place * by);
}

const algorithms = new Map(
  ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'].map((name) => [name, name.replace('-', '')]),
);

function hash(text: unknown, algorithm: unknown): string {
  const name = algorithms.get(textOf(algorithm, '$hash'));
  if (name === undefined) throw new TypeError(`$hash knows ${[...algorithms.keys()].join(', ')}`);
  return createHash(name).update(textOf(text, '$hash')).digest('hex');
}

// mulberry32: any good generator serves, as AWS does not say which one it uses.
function seeded(seed: number): number {
  let state = (seed + 0x6d2b79f5) | 0;
  state = Math.imul(state ^ (state >>> 15), state | 1);
  state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
  return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
}

function textOf(given: unknown, name: string): string {
  if (typeof given !== 'string') throw new TypeError(`${name} wants a string`);
  return given;
}

function integerOf(given: unknown, name: string): number {
  if (!Number.isInteger(given)) throw new TypeError(`${name} wants an integer`);
  return given as number;
}
