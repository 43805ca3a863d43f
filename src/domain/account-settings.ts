import type { Reading } from './reading.ts';

// What an account has set, and the credentials of its users that no report shows. Dates are ISO.

/** iam:GetAccountSummary. Null where the answer has no such entry (AWS adds entries over the years). */
export interface AccountSummary {
  readonly rootMfa: boolean | null;
  readonly rootAccessKeys: boolean | null;
  readonly rootPassword: boolean | null;
  readonly rootSigningCertificates: boolean | null;
  readonly users: number | null;
  readonly roles: number | null;
  readonly groups: number | null;
  readonly policies: number | null;
  /** SAML and OpenID Connect providers together. */
  readonly providers: number | null;
  readonly serverCertificates: number | null;
  readonly mfaDevices: number | null;
  readonly mfaDevicesInUse: number | null;
}

/** iam:GetAccountPasswordPolicy. What AWS leaves out is off. */
export interface PasswordPolicy {
  /** Null where the answer does not say. */
  readonly minimumLength: number | null;
  readonly requireSymbols: boolean;
  readonly requireNumbers: boolean;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly usersMayChange: boolean;
  /** Days until a password expires, null = never. */
  readonly maxAgeDays: number | null;
  /** How many former passwords may not be used again, null = any may. */
  readonly reusePrevention: number | null;
  /** Whether an expired password can only be renewed by an administrator. */
  readonly hardExpiry: boolean;
}

/** A virtual MFA device, with whom it is assigned to. Its seed is in no answer that Assay asks for. */
export interface VirtualMfaDevice {
  readonly serial: string;
  /** ARN of the user or of the root user; null = assigned to nobody. */
  readonly assignedTo: string | null;
  readonly enabled: string | null;
}

/** An MFA device of a user: virtual, hardware, or a FIDO security key, told apart by the serial number. */
export interface MfaDevice {
  readonly serial: string;
  readonly enabled: string | null;
}

/** iam:ListVirtualMFADevices of the account (the root user's too) and iam:ListMFADevices of each user, by user name. */
export interface MfaFacts {
  readonly virtual: Reading<readonly VirtualMfaDevice[]>;
  readonly byUser: Readonly<Record<string, Reading<readonly MfaDevice[]>>>;
}

/** An SSH public key (for CodeCommit) or an X.509 signing certificate of a user; the credential report cannot see the former. */
export interface UserKey {
  readonly id: string;
  /** AWS's own word: Active, Inactive or Expired. */
  readonly status: string;
  readonly uploaded: string | null;
}

/** By user name; who is not here was not asked about. */
export type UserKeys = Readonly<Record<string, Reading<readonly UserKey[]>>>;

/** A TLS certificate kept in IAM. */
export interface ServerCertificate {
  readonly arn: string;
  readonly name: string;
  readonly uploaded: string | null;
  readonly expires: string | null;
}

export interface SamlProvider {
  readonly arn: string;
  readonly created: string | null;
  /** When the metadata, and with them the trust, end. */
  readonly validUntil: string | null;
}

export interface OidcProvider {
  readonly arn: string;
  /** Host and path of the issuer, as the ARN holds them. */
  readonly issuer: string;
}

/** Who outside of AWS may sign people and workloads in. */
export interface IdentityProviders {
  readonly saml: Reading<readonly SamlProvider[]>;
  readonly oidc: Reading<readonly OidcProvider[]>;
}

/** iam:GetOutboundWebIdentityFederationInfo: whether AWS issues tokens for principals of this account (Claude Platform needs it; domain facts A.7). */
export interface OutboundFederation {
  readonly enabled: boolean;
  readonly issuer: string | null;
}

/** What a trail has on top of its selectors, each asked for once, in its home Region. */
export interface TrailSettings {
  /** Insights; empty where AWS says that none are enabled. */
  readonly insights: Reading<readonly Insight[]>;
  /** Roll-ups of data events: they supplement and prove no full logging (domain facts E.8). */
  readonly aggregations: Reading<readonly Aggregation[]>;
}

export interface Insight {
  readonly type: string;
  /** Kinds of events that are watched; empty where the answer does not say. */
  readonly categories: readonly string[];
}

export interface Aggregation {
  readonly category: string;
  readonly templates: readonly string[];
}

/** By the ARN of the trail; whose is not here was not asked about (it is another account's). */
export type TrailSettingsByArn = Readonly<Record<string, TrailSettings>>;

/** bedrock:GetModelInvocationLoggingConfiguration: where the bodies of model calls go (domain facts B.4). */
export interface InvocationLogging {
  readonly logGroup: string | null;
  readonly bucket: string | null;
  /** The kinds of data that are delivered: text, image, embedding, video, audio. */
  readonly delivered: readonly string[];
  /** As Bedrock answered it, for a command that keeps what it says. */
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** A guardrail that an account, or the organisation for it, enforces on every model call in a Region. */
export interface EnforcedGuardrail {
  readonly id: string | null;
  readonly guardrail: string | null;
  readonly version: string | null;
  /** AWS's own word for who set it: ACCOUNT or the organisation. */
  readonly owner: string | null;
  /** Models it is limited to; null = all. */
  readonly models: { readonly included: readonly string[]; readonly excluded: readonly string[] } | null;
}

/** An IAM Access Analyzer analyzer. */
export interface Analyzer {
  readonly arn: string;
  /** ACCOUNT, ORGANIZATION, ACCOUNT_UNUSED_ACCESS, … (an open list). */
  readonly type: string;
  readonly status: string;
  readonly created: string | null;
}

/** An AWS Config recorder of customers (recorders of AWS services are not listed by the bare call). */
export interface ConfigRecorder {
  readonly name: string;
  readonly recording: Reading<boolean>;
  readonly allResourceTypes: boolean;
  readonly globalResourceTypes: boolean;
}

/** A workspace of Claude Platform, as Cloud Control lists it. */
export interface ClaudeWorkspace {
  readonly id: string;
  readonly arn: string | null;
  readonly name: string | null;
  readonly created: string | null;
}

/** A workspace that management events of Claude Platform name which CloudTrail keeps for 90 days. */
export interface RecordedWorkspace {
  readonly id: string;
  readonly partition: string | null;
  readonly region: string;
  /** When the newest of them was made; null where it carries no date. */
  readonly last: string | null;
  /** One of them archived it, which nothing undoes (domain facts A.1). */
  readonly archived: boolean;
}

/** One reading for each Region that was asked. */
export type ByRegion<T> = Readonly<Record<string, Reading<T>>>;
