import { type Child, describeChild, mapRunArn } from './children.ts';
import { messageOf, StateFailure } from './error.ts';
import type { Json, JsonObject } from './json.ts';
import type { ResultWriter } from './model.ts';
import { fillText } from './template.ts';
import { scopeOf, type Visit } from './visit.ts';

/** A Map Run with its children, in the order of the items. */
export interface MapRun {
  readonly id: string;
  readonly label: string;
  readonly children: readonly Child[];
}

/** Where a ResultWriter writes, evaluated. */
export interface Destination {
  readonly bucket: string;
  readonly folder: string;
}

/** Evaluates where a Map Run's results go: `<prefix>/<map run id>/`. */
export async function destinationOf(writer: ResultWriter, visit: Visit, id: string): Promise<Destination> {
  const scope = scopeOf(visit);
  const prefix = writer.prefix === undefined ? '' : await fillText(writer.prefix, scope, 'Prefix');
  const bucket = await fillText(writer.bucket, scope, 'Bucket');
  return { bucket, folder: prefix === '' || prefix.endsWith('/') ? `${prefix}${id}` : `${prefix}/${id}` };
}

/** Exports a Map Run as AWS does: one file per status that occurs, then the manifest; gives the state's result. */
export async function writeResults(run: MapRun, { bucket, folder }: Destination, visit: Visit): Promise<JsonObject> {
  async function put(key: string, value: Json): Promise<JsonObject> {
    const bytes = Buffer.from(JSON.stringify(value), 'utf8');
    await visit.execution.surroundings.writeObject(bucket, key, bytes);
    return { Key: key, Size: bytes.length };
  }
  const MapRunArn = mapRunArn(run.label, run.id);
  const Key = `${folder}/manifest.json`;
  try {
    const ResultFiles: Record<string, Json> = {};
    for (const [status, children] of byStatus(run.children)) {
      const records = children.map((child) => describeChild(child, run.label));
      ResultFiles[status] = records.length === 0 ? [] : [await put(`${folder}/${status}_0.json`, records)];
    }
    await put(Key, { DestinationBucket: bucket, MapRunArn, ResultFiles });
  } catch (thrown) {
    throw new StateFailure('States.ResultWriterFailed', `s3://${bucket}/${folder}: ${messageOf(thrown)}`);
  }
  return { MapRunArn, ResultWriterDetails: { Bucket: bucket, Key } };
}

function byStatus(children: readonly Child[]): readonly (readonly [string, readonly Child[]])[] {
  return ['FAILED', 'PENDING', 'SUCCEEDED'].map((status) => [
    status,
    children.filter(({ ended }) => (ended?.outcome.status ?? 'PENDING') === status),
  ]);
}
