import type { AccountId } from '../domain/ids.ts';

/** A set of requests of any principal of an account that must all be denied: one action on any resource of a pattern. */
export interface Probe {
  readonly action: string;
  /** `*`, or an ARN pattern of the account's own resources. */
  readonly resource: string;
  /** Context keys that make the request what it is. */
  readonly context: Readonly<Record<string, string>>;
  /** Keys that these requests do not carry. */
  readonly absent: readonly string[];
}

/** What a guardrail is proven for. */
export interface Guarded {
  readonly account: AccountId;
  /** Days after which an AI key must expire. */
  readonly maxKeyAgeDays: number;
  /** Audiences that outbound tokens may be made for. */
  readonly allowedAudiences: readonly string[];
}

/** A guardrail: the requests that must be denied to everybody but the principals it exempts (design §4). The folder is its id. */
export interface Guardrail {
  readonly id: string;
  /** Raised when the set of requests changes. */
  readonly version: number;
  /** The good state, as a sentence. */
  readonly title: string;
  /** Whether it is one of the three prerequisites for AI, and which. */
  readonly practice: 'workspace-allow-list' | 'no-static-credentials' | 'logging' | 'federation';
  probes(guarded: Guarded): readonly Probe[];
}

export const defineGuardrail = (guardrail: Guardrail): Guardrail => guardrail;

/** A probe from what it does not leave at its default. */
export const probe = (action: string, resource: string, more: Partial<Probe> = {}): Probe => ({
  action,
  resource,
  context: {},
  absent: [],
  ...more,
});
