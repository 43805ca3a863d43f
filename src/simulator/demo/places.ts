import type { AccountState } from '@aws-sdk/client-organizations';
import type { Operation } from '../../ports/aws-calls.ts';
import type { SimulatedUnit } from '../organization.ts';

// Where everything in the demo organisation lies: three levels of OUs under the root, 24 accounts.

export const root = 'r-a1b2';

/**
 * Root ─ Security
 *      ─ Infrastructure
 *      ─ Workloads ─ Production ─ Payments
 *                               ─ AI Platform
 *                  ─ Development
 *                  ─ Sandbox
 */
export const ou = {
  security: 'ou-a1b2-security',
  infrastructure: 'ou-a1b2-infrastructure',
  workloads: 'ou-a1b2-workloads',
  production: 'ou-a1b2-production',
  payments: 'ou-a1b2-payments',
  ai: 'ou-a1b2-aiplatform',
  development: 'ou-a1b2-development',
  sandbox: 'ou-a1b2-sandboxes',
} as const;

export const units: readonly SimulatedUnit[] = [
  { id: ou.security, name: 'Security', parent: root },
  { id: ou.infrastructure, name: 'Infrastructure', parent: root },
  { id: ou.workloads, name: 'Workloads', parent: root },
  { id: ou.production, name: 'Production', parent: ou.workloads },
  { id: ou.payments, name: 'Payments', parent: ou.production },
  { id: ou.ai, name: 'AI Platform', parent: ou.production },
  { id: ou.development, name: 'Development', parent: ou.workloads },
  { id: ou.sandbox, name: 'Sandbox', parent: ou.workloads },
];

export interface Place {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
  readonly state?: AccountState;
  readonly optIn?: readonly string[];
  readonly refuses?: Readonly<Partial<Record<Operation, string>>>;
}

/** A company bought last year: nobody has created the reader role there yet. */
const denied = { 'sts:AssumeRole': 'AccessDenied' } as const;
/** So many roles and so many tools reading them that IAM never answers this one call. */
const throttled = { 'iam:GetAccountAuthorizationDetails': 'ThrottlingException' } as const;

/** Somebody forgot one of the two last-accessed calls in the reader role's policy. */
const blind = { 'iam:GenerateServiceLastAccessedDetails': 'AccessDenied' } as const;

export const places = [
  { id: '100000000001', name: 'management', parent: root },

  { id: '200000000001', name: 'log-archive', parent: ou.security },
  { id: '200000000002', name: 'security-tooling', parent: ou.security },

  { id: '300000000001', name: 'network', parent: ou.infrastructure },
  { id: '300000000002', name: 'shared-services', parent: ou.infrastructure },
  { id: '300000000003', name: 'backup', parent: ou.infrastructure },
  { id: '300000000004', name: 'acquired-erp', parent: ou.infrastructure, refuses: denied },

  { id: '410000000001', name: 'web-shop', parent: ou.production, optIn: ['eu-south-1'] },
  { id: '410000000002', name: 'data-lake', parent: ou.production, refuses: throttled },
  { id: '410000000003', name: 'customer-portal', parent: ou.production },

  { id: '420000000001', name: 'payments-core', parent: ou.payments },
  { id: '420000000002', name: 'payments-cards', parent: ou.payments },
  { id: '420000000003', name: 'payments-ledger', parent: ou.payments },

  { id: '430000000001', name: 'ai-gateway', parent: ou.ai },
  { id: '430000000002', name: 'ai-inference', parent: ou.ai },
  { id: '430000000003', name: 'ai-agents', parent: ou.ai },
  // AWS tracks no last use in mx-central-1: an identity active only there would look unused.
  { id: '430000000004', name: 'ai-research', parent: ou.ai, optIn: ['mx-central-1'] },

  { id: '510000000001', name: 'dev-web', parent: ou.development },
  { id: '510000000002', name: 'dev-payments', parent: ou.development, refuses: blind },
  { id: '510000000003', name: 'dev-ai', parent: ou.development },
  { id: '510000000004', name: 'ci-build', parent: ou.development },

  { id: '610000000001', name: 'sandbox-anna', parent: ou.sandbox },
  { id: '610000000002', name: 'sandbox-hackathon', parent: ou.sandbox },
  { id: '610000000003', name: 'sandbox-2024', parent: ou.sandbox, state: 'SUSPENDED' },
] as const satisfies readonly Place[];

export type AccountName = (typeof places)[number]['name'];

export const idOf = (name: AccountName): string => places.find((place) => place.name === name)?.id ?? '';
