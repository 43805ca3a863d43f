import { messageOf, StateFailure } from './error.ts';
import { isArray, type Json } from './json.ts';
import { bounds, type ItemSource } from './model.ts';
import { fill, fillNumber, fillText, mistyped } from './template.ts';
import { scopeOf, type Visit } from './visit.ts';

/** The items of a Map. Without ItemReader and Items they are its input (ASL, "Map State"). */
export async function itemsOf(source: ItemSource, visit: Visit): Promise<readonly Json[]> {
  if (source.kind === 'reader') return await readItems(source, visit);
  const items = source.items === undefined ? visit.input : await fill(source.items, scopeOf(visit));
  if (!isArray(items)) throw mistyped('Items', 'an array', items);
  return items;
}

async function readItems(source: ItemSource & { kind: 'reader' }, visit: Visit): Promise<readonly Json[]> {
  const scope = scopeOf(visit);
  const bucket = await fillText(source.bucket, scope, 'Bucket');
  const key = await fillText(source.key, scope, 'Key');
  const maxItems = source.maxItems && (await fillNumber(source.maxItems, scope, 'MaxItems', bounds.MaxItems));
  const items = await readArray(visit, bucket, key);
  return items.slice(0, maxItems);
}

async function readArray(visit: Visit, bucket: string, key: string): Promise<readonly Json[]> {
  try {
    const bytes = await visit.execution.surroundings.readObject(bucket, key);
    if (bytes === undefined) throw new Error('there is no such object');
    const items = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as Json;
    if (!isArray(items)) throw new Error('its JSON is not an array');
    return items;
  } catch (thrown) {
    throw new StateFailure('States.ItemReaderFailed', `s3://${bucket}/${key}: ${messageOf(thrown)}`);
  }
}
