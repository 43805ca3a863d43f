import { matchesRange, type Wildcards, written } from './wildcard.ts';

/** The parts of an ARN before its resource: `arn`, partition, service, Region, account. */
const partsBefore = 5;

/** The n-th part of an ARN (4 = account), or '' where the text has none. The resource part keeps its own colons. */
export function arnPart(arn: string, part: number): string {
  let from = 0;
  for (let skipped = 0; skipped < part; skipped++) {
    const colon = arn.indexOf(':', from);
    if (colon < 0) return '';
    from = colon + 1;
  }
  if (part === partsBefore) return arn.slice(from);
  const end = arn.indexOf(':', from);
  return end < 0 ? arn.slice(from) : arn.slice(from, end);
}

/**
 * Whether a resource matches a pattern of a `Resource` or `NotResource` element: part by part, case-sensitive. A wildcard stays inside
 * its part, but a `*` that ends one may run on beyond the colon (IAM user guide, "IAM JSON policy elements: Resource").
 */
export function matchesResource(pattern: string, arn: string, wildcards: Wildcards = written): boolean {
  if (pattern === '*') return true;
  return matchesFrom(pattern, 0, arn, 0, 0, wildcards);
}

function matchesFrom(pattern: string, p: number, arn: string, a: number, part: number, wildcards: Wildcards): boolean {
  if (part === partsBefore) return matchesRange(pattern, p, pattern.length, arn, a, arn.length, wildcards);
  const end = pattern.indexOf(':', p);
  const close = end < 0 ? pattern.length : end;
  const colon = arn.indexOf(':', a);
  if (!matchesRange(pattern, p, close, arn, a, colon < 0 ? arn.length : colon, wildcards)) return false;
  const runsOn = close > p && pattern.charCodeAt(close - 1) === wildcards.any;
  if (end < 0) return runsOn || colon < 0; // a pattern of fewer parts than an ARN
  for (let to = colon; to >= 0; to = runsOn ? arn.indexOf(':', to + 1) : -1)
    if (matchesFrom(pattern, end + 1, arn, to + 1, part + 1, wildcards)) return true;
  return false;
}

/**
 * Whether an ARN of the request matches one of a condition: each of the six parts by itself, a wildcard never crosses a colon
 * (IAM user guide, "Amazon Resource Name (ARN) condition operators"). A text with fewer parts, `*` among them, is no ARN and matches nothing.
 */
export function matchesArnCondition(pattern: string, arn: string, wildcards: Wildcards = written): boolean {
  let p = 0;
  let a = 0;
  for (let part = 0; part < partsBefore; part++) {
    const end = pattern.indexOf(':', p);
    const to = arn.indexOf(':', a);
    if (end < 0 || to < 0 || !matchesRange(pattern, p, end, arn, a, to, wildcards)) return false;
    p = end + 1;
    a = to + 1;
  }
  return matchesRange(pattern, p, pattern.length, arn, a, arn.length, wildcards);
}
