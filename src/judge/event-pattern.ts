import { isJsonObject, type JsonObject, jsonOf } from '../domain/json.ts';
import { fold, type Match, type Matcher, wildcard } from './metric-pattern.ts';
import { anyValue, fieldOf } from './open-fields.ts';

// Event patterns of EventBridge (user guide, "Event patterns" and "Comparison operators"); of `cidr` the blocks of IPv4.

/** Reads an event pattern; what is no pattern, or uses an operator that AWS adds later, is not judged. */
export function eventPattern(text: string): Matcher {
  const pattern = jsonOf(text);
  return isJsonObject(pattern) ? (event) => matchesAll(pattern, event) : () => null;
}

/** Of a list of objects one must match by itself: fields of two do not add up (EventBridge's matcher, event-ruler: "array-consistent"). */
function matchesAll(pattern: JsonObject, event: unknown): Match {
  if (Array.isArray(event) && event.some(isJsonObject))
    return fold(
      event.map((one) => matchesAll(pattern, one)),
      true,
    );
  return fold(
    Object.entries(pattern).map(([key, wanted]): Match => {
      if (key === '$or')
        return Array.isArray(wanted)
          ? fold(
              wanted.map((one) => (isJsonObject(one) ? matchesAll(one, event) : null)),
              true,
            )
          : null;
      if (Array.isArray(wanted))
        return fold(
          wanted.map((one) => matchesOne(one, fieldOf(event, key))),
          true,
        );
      return isJsonObject(wanted) ? matchesAll(wanted, fieldOf(event, key)) : null;
    }),
    false,
  );
}

/** One of the alternatives for a field; a field with several values meets it with any. */
function matchesOne(wanted: unknown, value: unknown): Match {
  if (value === anyValue) return isJsonObject(wanted) && !('equals-ignore-case' in wanted) ? null : false; // one value of many is no everyday one
  if (isJsonObject(wanted) && 'exists' in wanted) return (value !== undefined) === (wanted['exists'] === true);
  if (Array.isArray(value))
    return fold(
      value.map((one) => matchesOne(wanted, one)),
      true,
    );
  if (!isJsonObject(wanted)) return value === wanted;
  const [operator = '', ...others] = Object.keys(wanted);
  if (others.length > 0) return null;
  const judge = operators[operator];
  if (judge === undefined) return null;
  return value === undefined ? false : judge(wanted[operator], value);
}

const text =
  (holds: (value: string, wanted: string) => boolean) =>
  (wanted: unknown, value: unknown): Match => {
    if (isJsonObject(wanted) && typeof wanted['equals-ignore-case'] === 'string')
      return typeof value === 'string' && holds(value.toLowerCase(), wanted['equals-ignore-case'].toLowerCase());
    return typeof wanted === 'string' ? typeof value === 'string' && holds(value, wanted) : null;
  };

const operators: Readonly<Record<string, (wanted: unknown, value: unknown) => Match>> = {
  prefix: text((value, wanted) => value.startsWith(wanted)),
  suffix: text((value, wanted) => value.endsWith(wanted)),
  'equals-ignore-case': text((value, wanted) => value.toLowerCase() === wanted.toLowerCase()),
  wildcard: text((value, wanted) => wildcard(wanted).test(value)),
  'anything-but': anythingBut,
  numeric,
  cidr,
};

/** Addresses as numbers; an address of IPv6, and the name of a service, are in no block of IPv4. */
function cidr(wanted: unknown, value: unknown): Match {
  const [, network = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(String(wanted)) ?? [];
  const block = addressOf(network);
  if (block === null || Number(bits) > 32) return null;
  const address = typeof value === 'string' ? addressOf(value) : null;
  const size = 2 ** (32 - Number(bits));
  return address !== null && Math.floor(address / size) === Math.floor(block / size);
}

function addressOf(text: string): number | null {
  const parts = text.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
  return parts.length === 4 && parts.every((part) => part < 256)
    ? parts.reduce((sum, part) => sum * 256 + part, 0)
    : null;
}

function anythingBut(wanted: unknown, value: unknown): Match {
  const excluded = Array.isArray(wanted) ? wanted : isJsonObject(wanted) ? spread(wanted) : [wanted];
  const met = fold(
    excluded.map((one) => matchesOne(one, value)),
    true,
  );
  return met === null ? null : !met;
}

/** `{"prefix": ["a", "b"]}` as two matchers. */
const spread = (wanted: JsonObject): JsonObject[] =>
  Object.entries(wanted).flatMap(([operator, values]) =>
    (Array.isArray(values) ? values : [values]).map((one) => ({ [operator]: one })),
  );

function numeric(wanted: unknown, value: unknown): Match {
  if (!Array.isArray(wanted)) return null;
  if (typeof value !== 'number') return false;
  const tests = wanted.flatMap((operator, at): Match[] => {
    if (at % 2 === 1) return [];
    const bound = Number(wanted[at + 1]);
    return [
      { '<': value < bound, '<=': value <= bound, '>': value > bound, '>=': value >= bound, '=': value === bound }[
        String(operator)
      ] ?? null,
    ];
  });
  return fold(tests, false);
}
