import type { Policy, Statement } from './policy.ts';
import { isExempt, type Naming, namingOf } from './principal.ts';
import {
  holdsPolicies,
  type Layer,
  type Layers,
  listsAllows,
  needsNoPermission,
  opensByKeyPolicy,
  opensByTrustPolicy,
  type Request,
  rcpsBind,
  scpsBind,
} from './request.ts';
import { speaksOf } from './statement.ts';

export const decisions = ['Allowed', 'ExplicitlyDenied', 'ImplicitlyDenied'] as const;
export type Decision = (typeof decisions)[number];

/** A statement that decided, and where it stands. */
export interface Reason {
  readonly layer: Layer;
  /** Of an SCP or RCP: 0 = root. */
  readonly level: number | null;
  readonly policy: string;
  readonly statement: Statement;
}

export interface Answer {
  readonly decision: Decision;
  /** Denied: every Deny that matches. Allowed: the Allows that carry it. Implicitly denied: none. */
  readonly because: readonly Reason[];
  /** The layers without the Allow that they must give: empty unless the denial is implicit. */
  readonly missing: readonly { readonly layer: Layer; readonly level: number | null }[];
}

/** What one layer says: its Allows that match, and how the best of them names the caller. */
class Said {
  readonly layer: Layer;
  readonly level: number | null;
  readonly allows: Reason[] = [];
  naming: Naming = 'none';
  constructor(layer: Layer, level: number | null = null) {
    this.layer = layer;
    this.level = level;
  }
}

/**
 * Decides one request as AWS does (IAM user guide, "Policy evaluation logic"): a Deny anywhere wins, then every layer that must allow
 * has to. Every statement is tried, even after a Deny: the answer carries all the reasons.
 */
export function evaluate(request: Request, layers: Layers): Answer {
  const denies: Reason[] = [];
  const hear = (policies: readonly Policy[], said: Said): Said => {
    for (const policy of policies) hearPolicy(policy, request, said, denies);
    return said;
  };
  const own = holdsPolicies(request.caller);
  const identity = hear(own ? layers.identity : [], new Said('identity'));
  const boundary = own && layers.boundary !== null ? hear(layers.boundary, new Said('boundary')) : null;
  const session = sessionLimits(request, layers) ? hear(listOf(layers.session), new Said('session')) : null;
  const resource = layers.resource === null ? null : hear([layers.resource], new Said('resource'));
  const scps = scpsBind(request) ? layers.scps.map((level, at) => hear(level, new Said('scp', at))) : [];
  const rcps = rcpsBind(request) ? layers.rcps.map((level, at) => hear(level, new Said('rcp', at))) : [];
  if (needsNoPermission(request)) return { decision: 'Allowed', because: [], missing: [] };
  if (boundary !== null && resource !== null) denies.push(...deniedForBoundary(layers.resource, request));
  if (denies.length > 0) return { decision: 'ExplicitlyDenied', because: denies, missing: [] };
  const sides = granting(request, { identity, boundary, session, resource });
  const needed = [...scps, ...(listsAllows(layers.rcps) ? rcps : []), ...sides];
  const missing = needed.filter(({ naming }) => naming === 'none').map(({ layer, level }) => ({ layer, level }));
  if (missing.length > 0) return { decision: 'ImplicitlyDenied', because: [], missing };
  return { decision: 'Allowed', because: needed.flatMap(({ allows }) => allows), missing: [] };
}

const listOf = (policy: Policy | null): Policy[] => (policy === null ? [] : [policy]);

/** A session is limited by the policy it was opened with. A federated user without one may do nothing (STS API reference, "GetFederationToken"). */
const sessionLimits = ({ caller }: Request, { session }: Layers): boolean =>
  caller.kind === 'federated-user' || (session !== null && (holdsPolicies(caller) || caller.kind === 'root'));

function hearPolicy(policy: Policy, request: Request, said: Said, denies: Reason[]): void {
  for (const statement of policy.statements) {
    if (!speaksOf(statement, request)) continue;
    const naming = namedIn(statement, request);
    if (naming === 'none') continue;
    const reason = { layer: said.layer, level: said.level, policy: policy.name, statement };
    if (statement.effect === 'Deny') denies.push(reason);
    else {
      said.allows.push(reason);
      if (strength[naming] > strength[said.naming]) said.naming = naming;
    }
  }
}

const strength: Readonly<Record<Naming, number>> = { none: 0, account: 1, role: 2, direct: 3 };

function namedIn({ principals, notPrincipal }: Statement, { caller, context }: Request): Naming {
  if (principals === null) return 'direct';
  if (!notPrincipal) return namingOf(principals, caller, context);
  return isExempt(principals, caller, context) ? 'none' : 'direct';
}

/** `NotPrincipal` with Deny denies every principal that has a permissions boundary, exempt or not (IAM user guide, "NotPrincipal"). */
function deniedForBoundary(policy: Policy | null, request: Request): Reason[] {
  return listOf(policy).flatMap(({ name, statements }) =>
    statements
      .filter(({ effect, notPrincipal }) => effect === 'Deny' && notPrincipal)
      .filter((statement) => namedIn(statement, request) === 'none' && speaksOf(statement, request))
      .map((statement): Reason => ({ layer: 'resource', level: null, policy: name, statement })),
  );
}

interface Heard {
  readonly identity: Said;
  readonly boundary: Said | null;
  readonly session: Said | null;
  readonly resource: Said | null;
}

/**
 * The layers whose Allow the caller needs, beside SCPs and RCPs.
 *
 * In its own account either side grants; a policy of the resource that names the user, the session or everyone grants past boundary and
 * session policy, one that names the role does not, one that names the account delegates to the identity's policies. KMS keys and
 * roles are granted by their own policy alone. Across accounts both sides must allow (IAM user guide, "Policy evaluation for requests
 * within a single account" and "Cross-account policy evaluation logic").
 */
function granting(request: Request, { identity, boundary, session, resource }: Heard): Said[] {
  const { caller } = request;
  const asked = resource ?? new Said('resource');
  if (!holdsPolicies(caller) && caller.kind !== 'root') return [asked];
  const limits = [boundary, session].filter((said) => said !== null);
  const own = caller.kind === 'root' ? limits : [identity, ...limits];
  if (caller.account !== request.resourceAccount) return [...own, asked];
  if (asked.naming === 'direct') return [asked];
  if (asked.naming === 'role' && limits.every(({ naming }) => naming !== 'none')) return [asked, ...limits];
  const gate = opensByKeyPolicy(request) || (resource !== null && opensByTrustPolicy(request));
  return gate ? [asked, ...own] : own;
}
