import { arnPart } from './arn.ts';
import type { Context } from './context.ts';
import type { Principals } from './policy.ts';

/** Who asks. A role is any of its sessions; a session is one of them. */
export interface Caller {
  readonly kind:
    | 'user'
    | 'role'
    | 'session'
    | 'federated-user'
    | 'root'
    | 'service'
    | 'federated'
    | 'anonymous'
    | 'other';
  readonly arn: string;
  /** '' where the caller belongs to no account. */
  readonly account: string;
  /** The name of the role, for a role and a session of it. */
  readonly role: string;
}

/** Reads the principal of a request: an ARN, an account id (its root), a service, a provider of identities, or `*`. */
export function callerOf(principal: string): Caller {
  const bare = { arn: principal, account: '', role: '' };
  if (principal === '*' || principal === '' || principal === 'anonymous') return { ...bare, kind: 'anonymous' };
  if (/^\d{12}$/.test(principal)) return { ...bare, kind: 'root', account: principal };
  if (!principal.startsWith('arn:')) {
    const federated =
      /^(cognito-identity\.amazonaws\.com|www\.amazon\.com|graph\.facebook\.com|accounts\.google\.com)$/;
    if (federated.test(principal)) return { ...bare, kind: 'federated' };
    return { ...bare, kind: principal.includes('.') ? 'service' : 'other' };
  }
  const account = arnPart(principal, 4);
  const resource = arnPart(principal, 5);
  const [type = '', ...path] = resource.split('/');
  const named = { ...bare, account };
  if (resource === 'root') return { ...named, kind: 'root' };
  if (type === 'user') return { ...named, kind: 'user' };
  if (type === 'role') return { ...named, kind: 'role', role: path.at(-1) ?? '' };
  if (type === 'assumed-role') return { ...named, kind: 'session', role: path[0] ?? '' };
  if (type === 'federated-user') return { ...named, kind: 'federated-user' };
  return { ...named, kind: type === 'saml-provider' || type === 'oidc-provider' ? 'federated' : 'other' };
}

/**
 * How a policy of a resource names a caller. `direct`: the user, the session, the service or everyone; `role`: the role of a session;
 * `account`: only its account, which delegates to the account's own policies (IAM user guide, "AWS JSON policy elements: Principal").
 */
export type Naming = 'none' | 'account' | 'role' | 'direct';

export function namingOf(principals: Principals, caller: Caller, context: Context): Naming {
  if (principals.everyone) return 'direct';
  if (caller.kind === 'service')
    return principals.service.some((name) => sameName(name, caller.arn)) ? 'direct' : 'none';
  if (caller.kind === 'federated') return principals.federated.includes(caller.arn) ? 'direct' : 'none';
  if (caller.account === '') return principals.canonical.includes(caller.arn) ? 'direct' : 'none';
  let best: Naming = 'none';
  for (const named of principals.aws) {
    const naming = namingBy(named, caller, context);
    if (naming === 'direct') return naming;
    if (naming === 'role' || best === 'none') best = naming;
  }
  return best;
}

const sameName = (one: string, other: string): boolean => one === '*' || one.toLowerCase() === other.toLowerCase();

function namingBy(named: string, caller: Caller, context: Context): Naming {
  if (named === caller.account || isRootOf(named, caller.account)) return 'account';
  if (named === caller.arn) return caller.kind === 'role' ? 'role' : 'direct';
  if (caller.kind === 'session' && isRoleOf(named, caller, context)) return 'role';
  return 'none';
}

const isRootOf = (arn: string, account: string): boolean => arn.endsWith(`::${account}:root`) && arn.startsWith('arn:');

/** A session's ARN leaves out the role's path. Role names are unique in an account, so the name is enough; the context knows the whole ARN. */
function isRoleOf(named: string, { account, role }: Caller, context: Context): boolean {
  const own = context.single('aws:principalarn');
  if (own !== undefined && own === named) return true;
  return arnPart(named, 4) === account && /^role\/(.*\/)?/.test(arnPart(named, 5)) && named.endsWith(`/${role}`);
}

/**
 * Whether a `NotPrincipal` element exempts a caller. An account that stands alone exempts everyone in it; beside one of its users or
 * roles it exempts the root user only (IAM user guide, "AWS JSON policy elements: NotPrincipal").
 */
export function isExempt(principals: Principals, caller: Caller, context: Context): boolean {
  const naming = namingOf(principals, caller, context);
  if (naming !== 'account' || caller.kind === 'root') return naming !== 'none';
  return !principals.aws.some((named) => arnPart(named, 4) === caller.account && !isRootOf(named, caller.account));
}

/** Service-linked roles are known by their path; a session's ARN does not show it, the context's `aws:PrincipalArn` does. */
export function isServiceLinked(caller: Caller, context: Context): boolean {
  const arn = caller.kind === 'session' ? context.single('aws:principalarn') : caller.arn;
  return arn?.includes(':role/aws-service-role/') ?? false;
}
