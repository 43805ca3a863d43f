import { matchesResource } from './arn.ts';
import { matchesWildcard } from './wildcard.ts';

/** A resource pattern with its policy variables opened to `*`: matches whatever the variables may turn out to be. */
export const opened = (pattern: string): string => pattern.replace(/\$\{[^}]*\}/g, '*');

const any = '*';
const one = '?';

/**
 * Whether some text matches both patterns. `*` runs over colons here as well, so the answer errs towards yes: what cannot overlap by it
 * cannot overlap by the parts of an ARN either.
 */
export function mayOverlap(first: string, other: string): boolean {
  if (first === any || other === any) return true;
  for (let at = 0; at < first.length && at < other.length; at++) {
    if (isWild(first[at]) || isWild(other[at])) break;
    if (first[at] !== other[at]) return false; // the usual case: two literal beginnings that differ
  }
  let reachable = new Set<number>([0]); // places in `other` that the part of `first` read so far can have come to
  reachable = skipStars(reachable, other);
  for (let at = 0; at < first.length; at++) {
    reachable = skipStars(
      first[at] === any ? everyPlaceFrom(reachable, other) : step(reachable, first[at] ?? '', other),
      other,
    );
    if (reachable.size === 0) return false;
  }
  return reachable.has(other.length);
}

const isWild = (code: string | undefined): boolean => code === any || code === one;

/** A `*` may also stand for nothing. */
function skipStars(places: Set<number>, pattern: string): Set<number> {
  for (const place of places) if (pattern[place] === any) places.add(place + 1); // a Set visits what is added meanwhile
  return places;
}

function everyPlaceFrom(places: Set<number>, pattern: string): Set<number> {
  const least = Math.min(...places);
  return new Set(Array.from({ length: pattern.length - least + 1 }, (_, index) => least + index));
}

function step(places: Set<number>, code: string, pattern: string): Set<number> {
  const next = new Set<number>();
  for (const place of places) {
    const met = pattern[place];
    if (met === undefined) continue;
    if (met === any) next.add(place);
    else if (met === code || met === one || code === one) next.add(place + 1);
  }
  return next;
}

/** Whether everything that matches `narrow` matches `wide` too. Errs towards no. */
export function covers(wide: string, narrow: string): boolean {
  if (wide === any) return true;
  return !wide.includes(one) && matchesResource(wide, narrow);
}

/** Whether a pattern can name a resource of the account: one that carries its id, or none, as in S3, or is AWS's own, open to all. Errs towards yes. */
export function canBeOwn(pattern: string, account: string): boolean {
  const parts = pattern.split(':');
  const owner = parts[4];
  if (owner === undefined || parts.slice(0, 4).some((part) => part.endsWith(any))) return true;
  return [account, '', 'aws'].some((own) => matchesWildcard(owner, own));
}

/** A text that other patterns are unlikely to name. */
const filler = 'zq7';

/** A resource that a pattern names, in the account; undefined where none could be made. */
export function sampleOf(pattern: string, account: string): string | undefined {
  const standIns = ['arn', 'aws', filler, 'us-east-1', account, `${filler}/${filler}`];
  if (pattern === any) return standIns.join(':');
  const parts = pattern.split(':');
  const made = parts.slice(0, 5).map((part, at) => (part === any ? (standIns[at] ?? filler) : fill(part)));
  const rest = parts.length > 5 ? [fill(parts.slice(5).join(':'))] : standIns.slice(parts.length);
  const resource = [...made, ...rest].join(':');
  return matchesResource(pattern, resource) ? resource : undefined;
}

const fill = (part: string): string => part.replaceAll(any, filler).replaceAll(one, 'z');
