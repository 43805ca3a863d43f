/** A JSON value: all that ever passes between states. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Tells a JSON object from every other JSON value. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells a JSON array from every other JSON value (`Array.isArray` does not narrow readonly arrays). */
export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The value as it looks after a wire: no Date, no undefined, no prototype, no shared reference. Throws on a cycle. */
export function throughJson(value: unknown, replacer?: (key: string, value: unknown) => unknown): Json | undefined {
  const text = JSON.stringify(value, replacer);
  return text === undefined ? undefined : (JSON.parse(text) as Json);
}

/** The size AWS counts against its quotas: bytes of the JSON text in UTF-8. */
export function byteSize(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value), 'utf8');
}
