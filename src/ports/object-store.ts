/** The three areas of design §5: locked archive, mutable portal, expiring work. */
export type Area = 'archive' | 'portal' | 'work';

/** Where a night keeps its files. Keys use `/`; the archive accepts each key once and never changes it. */
export interface ObjectStore {
  get(area: Area, key: string): Promise<Uint8Array | undefined>;
  /** Creates an object; `exists` when the key is taken, whatever its bytes. The only way into the archive. */
  putIfAbsent(area: Area, key: string, bytes: Uint8Array): Promise<'created' | 'exists'>;
  /** Creates or replaces an object outside the archive. */
  put(area: Exclude<Area, 'archive'>, key: string, bytes: Uint8Array): Promise<void>;
  /** Keys that start with the prefix, sorted by code unit. */
  list(area: Area, prefix: string): AsyncIterable<string>;
  /** Names of the folders directly under a prefix, sorted. */
  folders(area: Area, prefix: string): AsyncIterable<string>;
}
