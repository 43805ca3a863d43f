import type { ChangeKind } from '../domain/action-table.ts';

/** What closes a failing finding, and whether once for its resource, for its account, for the same resource everywhere, or for all accounts. */
export interface ClosedBy {
  readonly kind: ChangeKind;
  readonly once: 'resource' | 'account' | 'everywhere' | 'organization';
  /** Controls of one account that one change closes share a name. */
  readonly as?: string;
}

const perResource = (kind: ChangeKind): ClosedBy => ({ kind, once: 'resource' });
const perAccount = (kind: ChangeKind, as?: string): ClosedBy => ({
  kind,
  once: 'account',
  ...(as === undefined ? {} : { as }),
});

/** Of a control that is not named below: a setting of its resource. */
export const bySetting: ClosedBy = { kind: 'setting', once: 'resource' };

/** By control the change that closes its findings, where no change that was tried on the rows does. */
export const closedBy: Readonly<Record<string, ClosedBy>> = {
  'access-key-age': perResource('retire-credentials'),
  'ai-data-events': perAccount('record-events'),
  'ai-full-access-policies': perAccount('restrict-policy'),
  'ai-key-age': perResource('deactivate-ai-key'),
  'ai-key-expiry': perResource('deactivate-ai-key'),
  'ai-key-holder-rights': perResource('take-back-permissions'),
  'assume-any-role': perResource('restrict-policy'),
  'authorization-policies': { kind: 'attach-scp', once: 'organization' },
  'cloudshell-full-access': perAccount('restrict-policy'),
  'cloudtrail-full-access': perResource('restrict-policy'),
  'config-recorders': perAccount('setting'),
  'enforced-ai-guardrails': perAccount('setting'),
  'escalation-paths': perResource('take-back-permissions'),
  'external-access-analyzer': perAccount('setting'),
  'federated-people': perAccount('setting'),
  'first-access-key': perResource('retire-credentials'),
  'full-admin-policies': perResource('restrict-policy'),
  'guardrail-enforcement': { kind: 'setting', once: 'everywhere' },
  'kms-full-access': perResource('restrict-policy'),
  'long-term-ai-keys': perResource('deactivate-ai-key'),
  'management-events': perAccount('record-events'),
  'model-invocation-logging': perAccount('record-events'),
  'oidc-trust-subject': perResource('restrict-trust'),
  'pass-any-role': perResource('restrict-policy'),
  'password-composition': perAccount('setting', 'password-policy'),
  'password-expiry': perAccount('setting', 'password-policy'),
  'password-length': perAccount('setting', 'password-policy'),
  'password-reuse': perAccount('setting', 'password-policy'),
  'phantom-users': perResource('delete-phantom-user'),
  'role-trust-wildcard': perResource('restrict-trust'),
  'root-access-keys': perAccount('setting'),
  'root-hardware-mfa': perAccount('setting', 'root-mfa'),
  'root-mfa': perAccount('setting', 'root-mfa'),
  'root-signing-certificates': perAccount('setting'),
  'root-use': perAccount('setting'),
  's3-object-read-events': perAccount('record-events', 's3-objects'),
  's3-object-write-events': perAccount('record-events', 's3-objects'),
  'security-audit-role': perAccount('setting'),
  'service-trust-source': perResource('restrict-trust'),
  'support-role': perAccount('setting'),
  'two-access-keys': perResource('retire-credentials'),
  'unused-credentials': perResource('retire-credentials'),
  'unused-identities': perResource('delete-identity'),
  'user-policies': perResource('restrict-policy'),
};
