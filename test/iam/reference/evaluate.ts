import { type Decision, many, type NamedPolicy, type PolicyDocument, type TestCase } from './case.ts';
import { rcpsBind, resourceAccountOf, scpsBind } from './organization.ts';
import { hasIdentityPolicies, type Naming, namings, requesterOf } from './principals.ts';
import { statementsFor } from './statements.ts';

// "How AWS enforcement code logic evaluates requests": one applicable Deny denies; otherwise every layer that is
// required must allow, and what is not allowed is denied implicitly.
export function referenceEvaluate(testCase: TestCase): Decision {
  const policies = applicablePolicies(testCase);
  const has = (effect: string) => (document: PolicyDocument) =>
    statementsFor(document, testCase.request).some((statement) => statement.Effect === effect);
  const namedFor = (effect: string) => resourceStatements(testCase, effect).flatMap((each) => namings(each, testCase));

  const layers = [policies.identity, policies.boundary ?? [], policies.session ?? []];
  const denied =
    [...layers, ...policies.scps, ...policies.rcps].flat().some(has('Deny')) || namedFor('Deny').length > 0;
  // STS API "GetCallerIdentity": needs no permissions, and works under an explicit Deny.
  if (/^sts:getcalleridentity$/i.test(testCase.request.action)) return 'Allowed';
  if (denied) return 'ExplicitlyDenied';

  const allowing = has('Allow');
  // "SCP evaluation", How SCPs work with Allow: an Allow at every level from the root to the account; RCPs likewise.
  const everyLevel = (chain: readonly (readonly PolicyDocument[])[]) => chain.every((level) => level.some(allowing));
  const granted = isGranted(testCase, new Set(namedFor('Allow')), {
    identity: requesterOf(testCase.request).kind === 'root' || policies.identity.some(allowing),
    boundary: policies.boundary === null || policies.boundary.some(allowing),
    session: policies.session === null || policies.session.some(allowing),
  });
  // "How AWS enforcement code logic …": RCPFullAWSAccess cannot be detached; a chain without any Allow leaves it out.
  const lists = policies.rcps
    .flat()
    .some((document) => many(document.Statement).some(({ Effect }) => Effect === 'Allow'));
  return everyLevel(policies.scps) && (!lists || everyLevel(policies.rcps)) && granted ? 'Allowed' : 'ImplicitlyDenied';
}

type Allows = { readonly identity: boolean; readonly boundary: boolean; readonly session: boolean };

// What is left when SCPs and RCPs allow: identity-based and resource-based policies, and what limits them.
function isGranted(testCase: TestCase, named: ReadonlySet<Naming>, allows: Allows): boolean {
  const { request, policies } = testCase;
  const requester = requesterOf(request);
  // "Principal", AWS service, OIDC and SAML principals: they have no identity-based policies, the resource's policy
  // decides.
  if (requester.kind === 'outside') return named.size > 0;

  // "Permissions boundaries", Evaluating effective permissions: the intersection of identity policies, boundary and
  // session.
  const byIdentity = allows.identity && allows.boundary && allows.session;
  // "Cross-account policy evaluation logic": both accounts' evaluations must allow.
  if (resourceAccountOf(request) !== requester.account) return byIdentity && named.size > 0;

  // "How AWS enforcement code logic …", Resource-based policies: naming the user, the session or "*" grants by itself;
  // naming the role is limited by an implicit deny in the boundary or the session policy.
  if (named.has('itself') || named.has('everyone')) return true;
  if (named.has('its role') && allows.boundary && allows.session) return true;
  // Same section: key policies and role trust policies must allow; "Principal", AWS account principals: by naming the
  // account they delegate to its identity-based policies. Elsewhere an identity-based policy is enough.
  const isKey = /^kms:/i.test(request.action) && /^key\//.test(request.resource.split(':')[5] ?? '');
  const mustAllow = isKey || (policies.resource !== null && /^sts:assumerole/i.test(request.action));
  return byIdentity && (!mustAllow || named.has('its account'));
}

function resourceStatements({ request, policies }: TestCase, effect: string) {
  if (policies.resource === null) return [];
  return statementsFor(policies.resource, request).filter((statement) => statement.Effect === effect);
}

// The layers that take part for this requester; null is a layer that does not limit, an empty list one that allows
// nothing.
function applicablePolicies({ request, policies }: TestCase) {
  const requester = requesterOf(request);
  const hasIdentity = hasIdentityPolicies(requester);
  const documents = (list: readonly NamedPolicy[]) => list.map(({ document }) => document);
  const hasBoundary = hasIdentity && policies.boundary !== null && policies.boundary.length > 0;
  return {
    identity: hasIdentity ? documents(policies.identity) : [],
    boundary: hasBoundary ? documents(policies.boundary ?? []) : null,
    session: sessionPolicies(requester.kind, policies.session),
    scps: scpsBind(request) ? policies.scps.map(documents) : [],
    rcps: rcpsBind(request) ? policies.rcps.map(documents) : [],
  };
}

// STS API "GetFederationToken": without a session policy the federated session has no permissions of its own; a role
// session without one is not limited ("How AWS enforcement code logic …", Session policies).
function sessionPolicies(kind: string, session: PolicyDocument | null): readonly PolicyDocument[] | null {
  if (kind === 'outside') return null;
  if (session !== null) return [session];
  return kind === 'federated-user' ? [] : null;
}
