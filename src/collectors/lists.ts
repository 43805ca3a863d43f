import { noneInSnapshot } from '../catalogue/errors.ts';
import type { ByRegion } from '../domain/account-settings.ts';
import { Refusal } from '../domain/gap.ts';
import type { Region } from '../domain/ids.ts';
import type { Reading } from '../domain/reading.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { AwsReader } from '../ports/aws-reader.ts';
import { type Collecting, reading } from './define.ts';

/** What a read gives: the value with the moment of its call. */
export interface Read<T> {
  readonly value: T;
  readonly at: string | null;
}

/** What is not there, as IAM says it: the API's own code, and the SDK's name for it. */
export const noSuchEntity = ['NoSuchEntity', 'NoSuchEntityException'] as const;

/** Whether AWS says that a thing is not there (any more): deleted since it was listed, which is no failure of ours. */
export const saysGone = (error: unknown, errors: readonly string[]): boolean =>
  error instanceof Refusal && errors.includes(error.error?.name ?? '');

/** The same of a reading that was made already. */
export const isGone = (reading: Reading<unknown>, errors: readonly string[]): boolean =>
  reading.kind === 'unknown' && reading.gap.code === 'UNEXPECTED' && errors.includes(reading.gap.name);

/** An error of AWS that says that there is none of what was asked for is an answer: `none`. Any other stays a refusal. */
export async function orNone<T, None>(
  errors: readonly string[],
  none: None,
  read: () => Promise<Read<T>>,
): Promise<Read<T | None>> {
  try {
    return await read();
  } catch (error) {
    if (saysGone(error, errors)) return { value: none, at: null };
    throw error;
  }
}

/**
 * One reading for each name, such as a user's. Where the snapshot answers no call of this kind at all it is asked once, not once for
 * each of thousands, and all are unknown for that reason.
 */
export async function ofEach<T>(
  operation: Operation,
  names: readonly string[],
  read: (name: string) => Promise<Read<T>>,
): Promise<Record<string, Reading<T>>> {
  const found: Record<string, Reading<T>> = Object.create(null); // without inherited names: a user may be called `constructor`
  for (const name of new Set(names)) {
    let none = false;
    const answer = await reading('global', operation, async () => {
      try {
        return await read(name);
      } catch (error) {
        none = error instanceof Refusal && error.error?.name === noneInSnapshot;
        throw error;
      }
    });
    if (none) for (const each of names) found[each] ??= answer;
    if (none) return found;
    found[name] = answer;
  }
  return found;
}

/** One reading for each Region, asked in its own. */
export async function inEach<T>(
  aws: Collecting,
  regions: readonly Region[],
  operation: Operation,
  read: (reader: AwsReader, region: Region) => Promise<Read<T>>,
): Promise<ByRegion<T>> {
  const found: Record<string, Reading<T>> = {};
  for (const region of regions) found[region] = await reading(region, operation, () => read(aws.in(region), region));
  return found;
}

/** Where regional facts are asked for. */
export interface Regions {
  readonly regions: readonly Region[];
}

/** Whom facts of users are asked about, by name. */
export interface Users {
  readonly users: readonly string[];
}
