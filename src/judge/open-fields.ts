// What a record that stands for many has beside the fields that all of them share.

const others = Symbol('others');

/** The value of a field that each record has in its own way, or not at all. */
export const anyValue = Symbol('any value');

/** An object with these fields and others, which differ from record to record: parameters of a request. */
export const withOthers = <T extends object>(fields: T): T => ({ ...fields, [others]: true });

/** A field of an object: undefined where there is none, `anyValue` where there may be. */
export function fieldOf(holder: unknown, name: string): unknown {
  if (holder === anyValue) return anyValue;
  if (holder === null || typeof holder !== 'object') return undefined;
  if (Object.hasOwn(holder, name)) return Reflect.get(holder, name);
  return others in holder ? anyValue : undefined;
}
