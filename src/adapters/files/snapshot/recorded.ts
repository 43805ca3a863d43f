import type { AwsError } from '../../../catalogue/errors.ts';
import { isObject, type JsonObject } from './json.ts';

export type Recorded = { readonly output: JsonObject } | { readonly error: AwsError };

/** The answer in a JSON file: as the AWS CLI or an SDK prints it, or as boto's recorder (placebo) wraps it. */
export function recorded(value: JsonObject): Recorded {
  const { status_code: status, data } = value;
  if (typeof status !== 'number' || !isObject(data)) return { output: withoutMetadata(value) };
  if (status < 400) return { output: withoutMetadata(plain(data) as JsonObject) };
  const error = isObject(data['Error']) ? data['Error'] : {};
  return { error: { name: String(error['Code'] ?? `Http${status}`), message: String(error['Message'] ?? '') } };
}

function withoutMetadata({ ResponseMetadata, $metadata, ...output }: JsonObject): JsonObject {
  return output;
}

/** Placebo writes a date as its parts. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  if (value['__class__'] === 'datetime') return isoOf(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function isoOf(parts: JsonObject): string {
  const part = (name: string): number => Number(parts[name] ?? 0);
  const [year, month, day] = [part('year'), part('month') - 1, part('day')];
  const time = Date.UTC(
    year,
    month,
    day,
    part('hour'),
    part('minute'),
    part('second'),
    Math.floor(part('microsecond') / 1000),
  );
  return Number.isNaN(time) ? 'not a date' : new Date(time).toISOString().replace('.000Z', 'Z');
}
