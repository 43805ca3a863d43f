import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import type { SpecialNames } from '../domain/identity.ts';
import type { OrganizationSettings } from '../domain/organization-settings.ts';
import type { CredentialRow, GuardrailRow, IdentityRow, LoggingRow } from '../domain/tables.ts';
import type { Judged } from './define.ts';

/** What the controls of an account look at: its facts, and the rows that were judged from them. */
export interface AccountSubject extends Judged {
  readonly facts: AccountFacts;
  readonly shared: SharedFacts;
  readonly special: SpecialNames;
  readonly identities: readonly IdentityRow[];
  readonly credentials: readonly CredentialRow[];
  readonly logging: readonly LoggingRow[];
  readonly guardrails: readonly GuardrailRow[];
  /** Data events of S3 objects, reads and writes apart, Region by Region. */
  readonly objectLogging: readonly LoggingRow[];
  /** Why some identity's rights are not known; null = they are. */
  readonly doubt: Gap | null;
  /** OUs from below the root down to the account. */
  readonly ou: readonly string[];
}

/** What the controls of the organisation look at. */
export interface OrganizationSubject extends Judged {
  readonly shared: SharedFacts;
  readonly settings: OrganizationSettings;
}
