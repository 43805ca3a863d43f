import type { TrailSettingsByArn } from './account-settings.ts';
import type { AccountId } from './ids.ts';
import type { Reading } from './reading.ts';

// What an organisation has switched on and handed on, beside its tree and its control policies. Dates are ISO.

/** A policy of a management type; its document follows the type's own grammar and holds no statements. */
export interface ManagementPolicyFact {
  readonly id: string;
  readonly name: string;
  readonly targets: Reading<readonly string[]>;
  readonly document: Reading<Readonly<Record<string, unknown>>>;
}

export interface DelegatedAdministrator {
  readonly account: AccountId;
  readonly since: string | null;
  readonly services: Reading<readonly ServicePrincipal[]>;
}

/** A service, by its principal (`cloudtrail.amazonaws.com`), and since when it has been delegated or trusted. */
export interface ServicePrincipal {
  readonly service: string;
  readonly since: string | null;
}

/** All that was read of the organisation as a whole. */
export interface OrganizationSettings {
  /** AISERVICES_OPT_OUT_POLICY: whether AWS may keep content of AI services to improve them. */
  readonly aiOptOut: Reading<readonly ManagementPolicyFact[]>;
  /** BEDROCK_POLICY: guardrails that the organisation enforces (domain facts B.4). */
  readonly bedrock: Reading<readonly ManagementPolicyFact[]>;
  readonly delegatedAdministrators: Reading<readonly DelegatedAdministrator[]>;
  /** Services that may act in the whole organisation. */
  readonly trustedAccess: Reading<readonly ServicePrincipal[]>;
  /** Central root access: RootCredentialsManagement, RootSessions (domain facts E.4); empty where IAM has no trusted access. */
  readonly rootFeatures: Reading<readonly string[]>;
  /** Tags of each account, among them its owner; who is not here was not asked about. */
  readonly accountTags: Readonly<Record<string, Reading<Readonly<Record<string, string>>>>>;
  /** Of the organisation's trails, by ARN. */
  readonly trails: TrailSettingsByArn;
}
