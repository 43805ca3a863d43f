import { arnIn } from '../domain/partition.ts';
import { matchesArnCondition } from '../iam/arn.ts';
import { mayOverlap, opened } from '../iam/patterns.ts';
import { matchesWildcard } from '../iam/wildcard.ts';

// Patterns of `aws:PrincipalArn`, as allow-lists hold them. A variable in one may become anything.

/** Where principals are at home. `partition` undefined = not known. */
export interface Home {
  readonly account: string;
  readonly partition?: string | undefined;
}

/** Partitions in which an account of which nothing tells it may be. */
const partitions = ['aws', 'aws-cn', 'aws-us-gov'];
const partitionsOf = ({ partition }: Pick<Home, 'partition'>): readonly string[] =>
  partition === undefined ? partitions : [partition];

/** Whether a pattern can name a principal of an account. Under an operator without wildcards a `*` is only a `*`, which no ARN has. */
export function isArnOfAccount(pattern: string, home: Home, wild: boolean): boolean {
  if (!wild && /[*?]/.test(pattern.replace(/\$\{[^}]*\}/g, ''))) return false;
  const text = opened(pattern).toLowerCase(); // an operator may ignore case
  // Under a string operator a wildcard runs over colons, so that the account need not stand in its place.
  return partitionsOf(home).some((partition) =>
    ['iam', 'sts'].some((service) => mayOverlap(text, arnIn(partition, `${service}::${home.account}:*`))),
  );
}

const strangers = ['role/zq7-nobody', 'role/zq7/path/zq7-nobody', 'user/zq7-nobody'];

/** Whether a pattern names any role, or any user, whatever its name. */
export function namesEveryone(pattern: string, home: Pick<Home, 'partition'>): boolean {
  const text = opened(pattern);
  const arns = partitionsOf(home).flatMap((it) => strangers.map((who) => arnIn(it, `iam::000000000000:${who}`)));
  return arns.some((arn) => {
    const parts = text.split(':');
    const own = (parts.length >= 6 ? parts.with(4, '*').join(':') : text).replace(/(?<!\d)\d{12}(?!\d)/g, '*');
    return matchesArnCondition(own, arn) || matchesWildcard(own, arn);
  });
}

/** Whether a pattern surely names every principal of an account: each role and user, its root and its federated users. */
export function coversAllOf({ account, partition }: Home, pattern: string, asArn: boolean): boolean {
  if (pattern.includes('?') || pattern.includes('$')) return false;
  const kinds = [`iam::${account}:role/*`, `iam::${account}:user/*`, `iam::${account}:root`];
  return [...kinds, `sts::${account}:federated-user/*`]
    .map((kind) => arnIn(partition, kind))
    .every((arn) => (asArn ? matchesArnCondition(pattern, arn) : matchesWildcard(pattern, arn)));
}

/**
 * Whether a pattern leaves path or name open, so that somebody who may create a role or user can make one that it names. In paths that are
 * AWS's own nobody can: there only a name that is open altogether is broad (IAM user guide, "IAM identifiers").
 */
export function isBroad(pattern: string): boolean {
  const text = opened(pattern);
  const named = text.slice(text.lastIndexOf(':') + 1);
  if (/^role\/(aws-reserved|aws-service-role)\//.test(named)) return /^\*+$/.test(named.split('/').at(-1) ?? '');
  return /[*?]/.test(named);
}
