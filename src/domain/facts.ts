import type {
  AccountSummary,
  Analyzer,
  ByRegion,
  ClaudeWorkspace,
  ConfigRecorder,
  EnforcedGuardrail,
  IdentityProviders,
  InvocationLogging,
  MfaFacts,
  OutboundFederation,
  PasswordPolicy,
  RecordedWorkspace,
  ServerCertificate,
  TrailSettingsByArn,
  UserKeys,
} from './account-settings.ts';
import type { ForwardingFacts, SharedForwarding } from './forwarding.ts';
import type { Gap } from './gap.ts';
import type { AccountId, Region } from './ids.ts';
import type { Reading } from './reading.ts';

/** A parsed policy document; what its statements mean is the policy engine's matter. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

export interface NamedPolicy {
  readonly name: string;
  readonly document: Reading<PolicyDocument>;
}

interface Principal {
  readonly arn: string;
  readonly name: string;
  readonly path: string;
  /** ISO; null where AWS gave none. */
  readonly created: string | null;
  readonly inline: readonly NamedPolicy[];
  /** ARNs of attached managed policies. */
  readonly attached: readonly string[];
  readonly boundary: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface UserFact extends Principal {
  readonly groups: readonly string[];
}

export interface RoleFact extends Principal {
  readonly trust: Reading<PolicyDocument>;
  /** RoleLastUsed: known null means AWS recorded no use in its tracking period. */
  readonly lastUsed: Reading<string | null>;
}

export interface GroupFact {
  readonly arn: string;
  readonly name: string;
  readonly inline: readonly NamedPolicy[];
  readonly attached: readonly string[];
}

export interface ManagedPolicyFact {
  readonly arn: string;
  readonly document: Reading<PolicyDocument>;
}

/** iam:GetAccountAuthorizationDetails. A list that was not asked for is unknown, not empty. */
export interface AuthorizationDetails {
  readonly users: Reading<readonly UserFact[]>;
  readonly groups: Reading<readonly GroupFact[]>;
  readonly roles: Reading<readonly RoleFact[]>;
  readonly policies: Reading<readonly ManagedPolicyFact[]>;
}

/** One row of the credential report. Dates are ISO, null where the report says N/A or no_information. */
export interface CredentialReportRow {
  readonly user: string;
  readonly arn: string;
  readonly created: string | null;
  readonly passwordEnabled: boolean;
  readonly passwordLastUsed: string | null;
  readonly passwordChanged: string | null;
  /** Whether an MFA device was on when the report was made; null where the report does not say. */
  readonly mfaActive: boolean | null;
  /** `rotated`: when AWS made the key. */
  readonly accessKeys: readonly {
    readonly active: boolean;
    readonly lastUsed: string | null;
    readonly rotated: string | null;
  }[];
  readonly signingCertificateActive: boolean;
}

export interface CredentialReport {
  readonly generated: string | null;
  /** Rows of IAM users; the root row is kept apart. A user can have more than one row. */
  readonly users: readonly CredentialReportRow[];
  readonly root: CredentialReportRow | null;
}

export interface ServiceCredential {
  readonly user: string;
  readonly service: string;
  readonly id: string;
  /** AWS's own word: Active, Inactive or Expired. */
  readonly status: string;
  readonly created: string | null;
  /** null = never expires. */
  readonly expires: string | null;
}

/** iam:ListServiceSpecificCredentials: of all users per service, and user by user where that was refused. */
export interface ServiceCredentials {
  readonly byService: Readonly<Record<string, Reading<readonly ServiceCredential[]>>>;
  readonly byUser: Readonly<Record<string, Reading<readonly ServiceCredential[]>>>;
}

/** What a last-accessed report was asked to tell: services alone, or the tracked actions of those that AWS tracks as well. */
export type Granularity = 'ACTION_LEVEL' | 'SERVICE_LEVEL';

/** An action whose attempts AWS tracks. Listed without a date: nobody tried it in the tracking period. Not listed: AWS keeps no such data. */
export interface TrackedAction {
  /** Without the service prefix, as AWS names it. */
  readonly action: string;
  readonly lastAccessed: string | null;
  readonly region: string | null;
}

/** A service that the identity's own policies allow, with the last attempt to use it (denied ones count; domain facts E.1). */
export interface ServiceUse {
  readonly namespace: string;
  readonly lastAuthenticated: string | null;
  readonly lastRegion: string | null;
  readonly tracked: readonly TrackedAction[];
}

/** iam:GetServiceLastAccessedDetails of one user or role. */
export interface LastAccessedReport {
  readonly granularity: Granularity;
  readonly services: readonly ServiceUse[];
}

/** Last-accessed reports by the ARN of their identity; who is not here was not asked about. */
export type LastAccessed = Readonly<Record<string, Reading<LastAccessedReport>>>;

export interface EnabledRegions {
  readonly regions: readonly Region[];
  /** True where the list was not read and the Regions enabled by default stand in for it. */
  readonly assumed: boolean;
}

/** The operators of a field condition: the first three select, the others leave out. */
export const selectorOperators = [
  'Equals',
  'StartsWith',
  'EndsWith',
  'NotEquals',
  'NotStartsWith',
  'NotEndsWith',
] as const;
export type SelectorOperator = (typeof selectorOperators)[number];

/** One field condition of an advanced event selector. */
export interface FieldSelector {
  readonly field: string;
  readonly values: Readonly<Partial<Record<SelectorOperator, readonly string[]>>>;
  /** Operators that Assay does not know: what they select is not known either. */
  readonly strange: readonly string[];
}

/** An advanced event selector: an event must meet all its fields. */
export interface AdvancedSelector {
  readonly name: string | null;
  readonly fields: readonly FieldSelector[];
}

/** A basic event selector of a trail. Its data resources can be S3 objects, Lambda functions and DynamoDB tables alone. */
export interface BasicSelector {
  readonly readWrite: string;
  readonly management: boolean;
  readonly excludedSources: readonly string[];
  readonly dataResources: readonly { readonly type: string; readonly values: readonly string[] }[];
}

/** A trail has basic or advanced selectors, never both. */
export interface EventSelectors {
  readonly basic: readonly BasicSelector[];
  readonly advanced: readonly AdvancedSelector[];
}

/** cloudtrail:GetTrailStatus, asked where the trail lives. Dates are ISO, null where AWS gave none. */
export interface TrailStatus {
  readonly logging: boolean;
  /** What went wrong at the last try to put a log file into the bucket; null = nothing did. */
  readonly deliveryError: string | null;
  readonly lastDelivery: string | null;
  /** When it was last turned on. */
  readonly started: string | null;
  readonly stopped: string | null;
}

/** What cloudtrail:DescribeTrails tells of a trail besides where it is. */
export interface TrailOptions {
  /** Log file validation; null where the answer does not say. */
  readonly validated: boolean | null;
  readonly kmsKey: string | null;
  readonly logGroup: string | null;
  readonly bucket: string | null;
}

/** A trail as an account sees it: its own, a replica of a multi-Region one, or the organisation's. */
export interface TrailFact {
  readonly arn: string;
  readonly home: string;
  readonly multiRegion: boolean;
  readonly organization: boolean;
  /** Whether events of global services (IAM, STS, CloudFront) are recorded. */
  readonly globalEvents: boolean;
  readonly settings: TrailOptions;
  readonly status: Reading<TrailStatus>;
  readonly selectors: Reading<EventSelectors>;
}

export interface EventDataStoreFact {
  readonly arn: string;
  readonly home: string;
  readonly multiRegion: boolean;
  readonly organization: boolean;
  /** ENABLED means it ingests events. */
  readonly status: string;
  readonly selectors: readonly AdvancedSelector[];
}

/** What logs events: trails and event data stores, by the Region that was asked. */
export interface LoggingFacts {
  readonly trails: Readonly<Record<string, Reading<readonly TrailFact[]>>>;
  readonly stores: Readonly<Record<string, Reading<readonly EventDataStoreFact[]>>>;
}

/** All that was read of one account. */
export interface AccountFacts {
  readonly account: AccountId;
  readonly access: Reading<true>;
  readonly regions: EnabledRegions & { readonly reading: Reading<readonly Region[]> };
  readonly authorization: AuthorizationDetails;
  readonly credentialReport: Reading<CredentialReport>;
  readonly serviceCredentials: ServiceCredentials;
  readonly lastAccessed: LastAccessed;
  readonly logging: LoggingFacts;
  /** Settings of the account's own trails; the organisation's are read once, with the organisation. */
  readonly trailSettings: TrailSettingsByArn;
  readonly summary: Reading<AccountSummary>;
  /** Known null: the account has none, and AWS's default holds. */
  readonly passwordPolicy: Reading<PasswordPolicy | null>;
  readonly mfa: MfaFacts;
  readonly sshKeys: UserKeys;
  readonly signingCertificates: UserKeys;
  readonly serverCertificates: Reading<readonly ServerCertificate[]>;
  readonly identityProviders: IdentityProviders;
  readonly outboundFederation: Reading<OutboundFederation>;
  /** Known null: off in that Region. */
  readonly invocationLogging: ByRegion<InvocationLogging | null>;
  readonly enforcedGuardrails: ByRegion<readonly EnforcedGuardrail[]>;
  readonly analyzers: ByRegion<readonly Analyzer[]>;
  readonly recorders: ByRegion<readonly ConfigRecorder[]>;
  readonly workspaces: ByRegion<readonly ClaudeWorkspace[]>;
  readonly workspaceEvents: ByRegion<readonly RecordedWorkspace[]>;
  readonly forwarding: ForwardingFacts;
}

/** The facts that say who is in an account, what they may do and what they did. */
export type PrincipalFacts = Pick<
  AccountFacts,
  'account' | 'authorization' | 'credentialReport' | 'serviceCredentials' | 'lastAccessed'
>;

export interface AccountEntry {
  readonly account: AccountId;
  readonly name: string | null;
  readonly state: string;
  readonly ou: readonly string[];
}

export interface ScpFact {
  readonly id: string;
  readonly name: string;
  readonly targets: Reading<readonly string[]>;
  readonly document: Reading<PolicyDocument>;
}

/** A resource control policy: told in the same terms. */
export type RcpFact = ScpFact;

/** The organisation: its accounts, OUs, and service and resource control policies with attachments. */
export interface OrganizationFacts {
  readonly id: Reading<{
    readonly organization: string;
    readonly managementAccount: AccountId;
    /** As its ARN says it; left out where an answer holds none. */
    readonly partition?: string | undefined;
  }>;
  readonly tree: Reading<{
    readonly roots: readonly string[];
    readonly ous: readonly { readonly id: string; readonly name: string; readonly parent: string | null }[];
    readonly accounts: readonly AccountEntry[];
    /** As ARNs of roots and accounts say it; left out where the answers hold none. */
    readonly partition?: string | undefined;
  }>;
  /** Types of policy that are enabled for a root; known null where the answer does not tell. */
  readonly policyTypes: Reading<readonly string[] | null>;
  readonly scps: Reading<readonly ScpFact[]>;
  readonly rcps: Reading<readonly RcpFact[]>;
}

/** What the policy chains of all accounts are made of. */
export type PolicyChains = Pick<
  SharedFacts,
  'organization' | 'partition' | 'managementAccount' | 'roots' | 'scps' | 'rcps'
>;

/**
 * What Discover read once for every account: organisation-wide trails and stores, and the policies with their targets. The chain of an
 * account is the root, each OU of `PlannedAccount.ou`, the account; where `roots` is unknown so is `ou`.
 */
export interface SharedFacts {
  readonly trails: readonly TrailFact[];
  readonly stores: readonly EventDataStoreFact[];
  /** Why an organisation-wide store could have stayed unseen; null when every list of the management account was read. */
  readonly storesUnread: Gap | null;
  /** Log groups of the organisation's trails, with the alarms beside them; left out where nobody looked. */
  readonly forwarding?: SharedForwarding;
  /** Id of the organisation, known null where AWS says that there is none; then the lists below are known and empty. */
  readonly organization: Reading<string | null>;
  /** Partition of its accounts; undefined where nothing tells it. */
  readonly partition?: string | undefined;
  readonly managementAccount: Reading<AccountId | null>;
  readonly roots: Reading<readonly string[]>;
  readonly scps: Reading<readonly ScpFact[]>;
  readonly rcps: Reading<readonly RcpFact[]>;
}
