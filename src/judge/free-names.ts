import { arnIn } from '../domain/partition.ts';
import { probe } from '../guardrails/define.ts';
import type { Fence } from '../guardrails/fence.ts';
import { prove } from '../guardrails/prove.ts';
import { matchesWildcard } from '../iam/wildcard.ts';
import type { TaggedIdentity } from './identities.ts';

const makes = { role: 'iam:CreateRole', user: 'iam:CreateUser' } as const;
type Kind = keyof typeof makes;

/**
 * Whether one of the names that an exemption lists is free in an account: nobody bears it, and no policy on the path keeps those who may make
 * roles or users from making one of that name, who is then exempt. Names with a wildcard are broad, not free. Null: the account's roles were
 * not read, so that nobody knows who is there.
 */
export function isFree(
  { key, values }: { readonly key: string; readonly values: readonly string[] },
  fence: Fence,
  identities: readonly TaggedIdentity[],
): boolean | null {
  const found = values.flatMap((value) => named(key, value, fence)).map((it) => isNameFree(it, fence, identities));
  if (found.includes(true)) return true;
  return found.includes(null) ? null : false;
}

interface Named {
  readonly kind: Kind;
  /** Path and name. */
  readonly name: string;
}

/** The role or user of this account that a value names; nothing for a pattern, for another account's, and in paths that are AWS's own. */
function named(key: string, value: string, { account }: Fence): Named[] {
  if (key === 'aws:username') return /[*?$]/.test(value) ? [] : [{ kind: 'user', name: value }];
  if (key !== 'aws:principalarn') return [];
  const [, owner = '', kind = '', name = ''] = /^arn:[^:]*:iam::([^:]*):(role|user)\/([^*?$]+)$/.exec(value) ?? [];
  if (name === '' || !matchesWildcard(owner, account) || /^(aws-reserved|aws-service-role)\//.test(name)) return [];
  return [{ kind: kind as Kind, name }];
}

function isNameFree({ kind, name }: Named, fence: Fence, identities: readonly TaggedIdentity[]): boolean | null {
  const there = identities.filter(({ arn }) => arn.includes(`:${kind}/`));
  if (kind === 'role' && there.length === 0) return null; // every account has roles
  const last = (text: string): string => text.slice(text.lastIndexOf('/') + 1);
  if (there.some(({ arn }) => last(arn) === last(name))) return false; // a name is taken whatever its path
  const arn = arnIn(fence.partition, `iam::${fence.account}:${kind}/${name}`);
  return prove(probe(makes[kind], arn), fence, { witness: false }).state === 'open';
}
