import { arnPart } from './arn.ts';
import { Context } from './context.ts';
import type { Policy } from './policy.ts';
import { type Caller, callerOf, isServiceLinked } from './principal.ts';
import { supportsRcp } from './rcp-services.ts';
import type { Asked } from './statement.ts';

export type Layer = 'identity' | 'boundary' | 'session' | 'resource' | 'scp' | 'rcp';

/** Everything that can speak on a request. `null` = there is no such layer; an empty SCP chain = no SCP binds. */
export interface Layers {
  /** Inline, attached and group policies of the caller. */
  readonly identity: readonly Policy[];
  readonly boundary: readonly Policy[] | null;
  readonly session: Policy | null;
  /** The resource's own policy; a role's trust policy where the role is the resource. */
  readonly resource: Policy | null;
  /** By level, from the root over the OUs to the account: each must allow. */
  readonly scps: readonly (readonly Policy[])[];
  readonly rcps: readonly (readonly Policy[])[];
}

/** One request. The context is complete: a key that is missing is absent. */
export interface Request extends Asked {
  readonly caller: Caller;
  /** The account that owns the resource. */
  readonly resourceAccount: string;
  /** SCPs do not bind its principals, RCPs not its resources; '' where the request does not tell. */
  readonly managementAccount: string;
}

/**
 * A request from its parts. Without an owner the account in the resource's ARN owns it, else the caller's own: so do what AWS offers to
 * every account (`arn:aws:iam::aws:policy/…`), which needs no policy of a resource.
 */
export function requestOf(parts: {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly resourceAccount?: string | undefined;
  readonly managementAccount?: string | undefined;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}): Request {
  const caller = callerOf(parts.principal);
  return {
    caller,
    action: parts.action.toLowerCase(),
    resource: parts.resource,
    resourceAccount: parts.resourceAccount || accountIn(parts.resource) || caller.account,
    managementAccount: parts.managementAccount ?? '',
    context: new Context(parts.context),
  };
}

function accountIn(resource: string): string {
  const account = arnPart(resource, 4);
  return /^\d{12}$/.test(account) ? account : '';
}

/** IAM users, roles, sessions and federated users act under policies of their own; root needs none, services and strangers have none. */
export const holdsPolicies = ({ kind }: Caller): boolean =>
  kind === 'user' || kind === 'role' || kind === 'session' || kind === 'federated-user';

/** SCPs bind principals of member accounts, root included; not the management account, not service-linked roles (Organizations user guide). */
export const scpsBind = ({ caller, context, managementAccount }: Request): boolean =>
  (holdsPolicies(caller) || caller.kind === 'root') &&
  caller.account !== managementAccount &&
  !isServiceLinked(caller, context);

/** RCPs bind resources of member accounts, of the services that support them, whoever asks but service-linked roles (Organizations user guide). */
export const rcpsBind = (request: Request): boolean =>
  supportsRcp(request.action) &&
  (request.managementAccount === '' || request.resourceAccount !== request.managementAccount) &&
  !isServiceLinked(request.caller, request.context) &&
  !opensServiceLinked(request);

/** A service that assumes the role made for it. */
const opensServiceLinked = ({ caller, action, resource }: Request): boolean =>
  caller.kind === 'service' && action.startsWith('sts:assumerole') && resource.includes(':role/aws-service-role/');

/**
 * AWS attaches RCPFullAWSAccess at every level, and nobody can detach it. A chain that lists no Allow at all leaves it out and means it;
 * one that lists Allows is taken as written.
 */
export const listsAllows = (levels: Layers['rcps']): boolean =>
  levels.some((level) => level.some(({ statements }) => statements.some(({ effect }) => effect === 'Allow')));

/** A KMS key opens by its key policy alone, also to its own account: without one, to nobody (KMS developer guide, "Key policies"). */
export const opensByKeyPolicy = ({ action, resource }: Asked): boolean =>
  action.startsWith('kms:') && arnPart(resource, 5).startsWith('key/');

/** A role opens by its trust policy, which counts wherever it is given. */
export const opensByTrustPolicy = ({ action }: Asked): boolean => action.startsWith('sts:assumerole');

/** Works without a permission, and under an explicit Deny as well (STS API reference, "GetCallerIdentity"). */
export const needsNoPermission = ({ action }: Asked): boolean => action === 'sts:getcalleridentity';
