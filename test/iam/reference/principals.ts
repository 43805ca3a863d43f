import { contextValues, many, type PrincipalElement, type Request, type Statement, type TestCase } from './case.ts';

// `outside` is whoever is no IAM principal of an account: a service, an identity provider, a canonical user, nobody.
export type Kind = 'root' | 'user' | 'role' | 'role-session' | 'federated-user' | 'outside';
export type Requester = { readonly id: string; readonly kind: Kind; readonly account?: string; readonly name?: string };

// How a Principal element names the requester; what that grants differs (README, "What naming grants").
export type Naming = 'everyone' | 'itself' | 'its role' | 'its account';

export function requesterOf({ principal }: Request): Requester {
  const match = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(root$|user|role|assumed-role|federated-user)(?:\/(.+))?$/.exec(
    principal,
  );
  const [, account, type, path = ''] = match ?? [];
  if (account === undefined) return { id: principal, kind: 'outside' };
  if (type === 'root') return { id: principal, kind: 'root', account };
  if (type === 'assumed-role') {
    return { id: principal, kind: 'role-session', account, name: path.split('/')[0] ?? '' };
  }
  return { id: principal, kind: type as Kind, account, name: path };
}

// "Permissions boundaries for IAM entities": a boundary is set on users and roles; "Policies and permissions", Policies
// and the root user: neither identity-based policies nor a boundary can be attached to the root user.
export const hasIdentityPolicies = ({ kind }: Requester) => kind !== 'root' && kind !== 'outside';

// The ways in which a statement of a resource-based policy names the requester; none if it is not about the requester.
export function namings(statement: Statement, { request, policies }: TestCase): readonly Naming[] {
  const requester = requesterOf(request);
  if (statement.NotPrincipal === undefined) return named(statement.Principal, requester, request);
  // "NotPrincipal", Key points: with Deny it always denies a principal that has a permissions boundary.
  const hasBoundary = policies.boundary !== null && policies.boundary.length > 0 && hasIdentityPolicies(requester);
  if (statement.Effect === 'Deny' && hasBoundary) return ['everyone'];
  return isExempt(statement.NotPrincipal, requester, request) ? [] : ['everyone'];
}

function named(element: PrincipalElement | undefined, requester: Requester, request: Request): readonly Naming[] {
  if (element === undefined) return [];
  // "Principal", All principals: "*" and { "AWS": "*" } are equivalent.
  if (typeof element === 'string') return element === '*' ? ['everyone'] : [];
  return Object.entries(element).flatMap(([type, values]) =>
    many(values).flatMap((value) => namedBy(type, value, requester, request) ?? []),
  );
}

function namedBy(type: string, value: string, requester: Requester, request: Request): Naming | undefined {
  // "Principal", AWS service principals, OIDC and SAML federated principals: the identifier, exactly.
  if (type !== 'AWS') return requester.kind === 'outside' && value === requester.id ? 'itself' : undefined;
  if (value === '*') return 'everyone';
  // "Principal", AWS account principals: the account id and the root ARN behave the same and stand for the whole
  // account.
  if (requester.account !== undefined && accountNamed(value) === requester.account) return 'its account';
  // "Principal", How to specify a principal: no wildcard matches part of a name or ARN, so only whole ARNs are
  // compared.
  if (value === requester.id) return requester.kind === 'role' ? 'its role' : 'itself';
  return requester.kind === 'role-session' && isRoleOf(value, requester, request) ? 'its role' : undefined;
}

function accountNamed(value: string): string | undefined {
  return /^(?:arn:[^:]+:iam::)?(\d{12})(?::root)?$/.exec(value)?.[1];
}

// "Principal", IAM role principals: a session is granted what its role's ARN is granted. A session ARN has no role
// path.
function isRoleOf(value: string, { account, name }: Requester, { context }: Request): boolean {
  const role = /^arn:[^:]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(value);
  if (role === null) return false;
  return (role[1] === account && role[2] === name) || contextValues(context, 'aws:PrincipalArn').includes(value);
}

// "NotPrincipal": everyone except those specified. Because the account of an exempted principal must be listed beside
// it (Key points), an account entry exempts the others of that account only if it stands there alone.
function isExempt(element: PrincipalElement, requester: Requester, request: Request): boolean {
  const how = named(element, requester, request);
  if (how.some((naming) => naming !== 'its account')) return true;
  if (how.length === 0 || typeof element === 'string') return how.length > 0;
  const prefix = new RegExp(`^arn:[^:]+:(iam|sts)::${requester.account}:(?!root$)`);
  return requester.kind === 'root' || !many(element['AWS']).some((value) => prefix.test(value));
}
