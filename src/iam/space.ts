import type { ResourceSpace } from '../domain/resource-space.ts';
import { arnPart, matchesResource } from './arn.ts';
import { covers, mayOverlap, sampleOf } from './patterns.ts';
import type { Caller } from './principal.ts';
import { matchesWildcard } from './wildcard.ts';

/** Resources over which something is asked: one of them, or all of a pattern. */
export interface Zone {
  readonly pattern: string;
  /** One resource: the pattern is its ARN, or `*` of a request that names none. */
  readonly single: boolean;
}

const everything: readonly Zone[] = [{ pattern: '*', single: false }];
const noResource: Zone = { pattern: '*', single: true };

const lastOf = new WeakMap<ResourceSpace, { readonly whose: string; readonly zones: readonly Zone[] }>();

/** What an action can act on in a caller's own account and partition; anything where its types are not known (null). */
export function zonesOf(space: ResourceSpace | null, { account, arn }: Caller): readonly Zone[] {
  if (space === null) return everything;
  const partition = arnPart(arn, 1) || '*';
  const whose = `${partition}:${account}`;
  const last = lastOf.get(space); // accounts are judged one after the other: the last one is all that is worth keeping
  if (last?.whose === whose) return last.zones;
  const patterns = new Set(space.formats.map((format) => patternOf(format, partition, account)));
  const zones = [...[...patterns].map((pattern) => ({ pattern, single: false })), ...(space.none ? [noResource] : [])];
  lastOf.set(space, { whose, zones });
  return zones;
}

/** Of a format the owner is the account itself; every other placeholder may be any text. */
const patternOf = (format: string, partition: string, account: string): string =>
  format
    .replaceAll('${Partition}', partition)
    .replace(/^((?:[^:]*:){4})\$\{Account(?:Id)?\}/, `$1${account}`)
    .replace(/\$\{[^}]*\}/g, '*')
    .replace(/\*+/g, '*');

/** What two patterns share, as patterns that all have to match: one where one of them is inside the other; none where nothing is shared. */
export function shared(first: string, other: string): readonly string[] {
  if (!mayOverlap(first, other)) return [];
  if (covers(first, other)) return [other];
  return covers(other, first) ? [first] : [first, other];
}

/** Resources that all of some patterns name, in the account and in several Regions where these leave it open; none where none could be made. */
export function samplesOfAll([first, other = '*']: readonly string[], account: string): readonly string[] {
  if (first === undefined) return [];
  const isOfBoth = (it: string): boolean => matchesResource(first, it) && matchesResource(other, it);
  const made = [joined(first, other), joined(other, first)].map((pattern) => sampleOf(pattern, account));
  const sample = made.find((it) => it !== undefined && isOfBoth(it));
  if (sample === undefined) return [];
  const [arn, partition = '', service, region, ...rest] = sample.split(':');
  if (region !== sampleRegion) return [sample];
  const others = partitionRegions[partition] ?? [sampleRegion, 'eu-west-1', 'ap-southeast-2'];
  const samples = others.map((it) => [arn, partition, service, it, ...rest].join(':')).filter(isOfBoth);
  return samples.length === 0 ? [sample] : samples;
}

/** The Region of a sample that was free to be in any. */
const sampleRegion = 'us-east-1';
/** Regions of partitions other than `aws` (AWS General Reference). */
export const partitionRegions: Readonly<Record<string, readonly string[]>> = {
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
};

/** Part by part the narrower one; where neither is, one and the end of the other. */
function joined(first: string, other: string): string {
  const [a, b] = [first.split(':'), other.split(':')];
  if (other === '*') return first;
  if (a.length <= beforeResource || b.length <= beforeResource) return a.length < b.length ? other : first;
  const parts = a.slice(0, beforeResource).map((part, at) => narrower(part, b[at] ?? ''));
  return [...parts, narrower(a.slice(beforeResource).join(':'), b.slice(beforeResource).join(':'))].join(':');
}

/** The parts of an ARN before its resource. */
const beforeResource = 5;

function narrower(a: string, b: string): string {
  if (matchesWildcard(a, b)) return b;
  if (matchesWildcard(b, a)) return a;
  return `${a}${b.slice(b.search(/[*?]|$/))}`.replace(/\*+/g, '*');
}
