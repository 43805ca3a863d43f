import type { AdvancedEventSelector, EventDataStoreStatus, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { StatusType } from '@aws-sdk/client-iam';
import type { AccountState } from '@aws-sdk/client-organizations';
import type { AccountId, Region } from '../domain/ids.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { SimulatedForwarding } from './forwarding.ts';

// What a simulated organisation is made of: plain facts, from which `answers/` makes AWS's answers. All dates are ISO moments.

/** A policy document as an object; AWS hands it over as text, URL-encoded in IAM and plain in Organizations. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

export interface SimulatedUse {
  readonly at: string;
  readonly region: Region;
  readonly service: string;
}

export interface SimulatedAccessKey {
  readonly active: boolean;
  readonly rotated: string;
  readonly lastUsed: SimulatedUse | null;
}

export interface SimulatedCredential {
  readonly id: string;
  readonly service: string;
  readonly status: StatusType;
  readonly created: string;
  /** Null = never expires: AWS then leaves the field out. */
  readonly expires: string | null;
}

/** Policies of a user, role or group: ARNs of managed ones, and inline ones by name. */
export interface SimulatedGrants {
  readonly attached: readonly string[];
  readonly inline: Readonly<Record<string, PolicyDocument>>;
}

/** The last use of one service, and of some of its tracked actions (by name, each with its moment). */
export interface SimulatedServiceUse {
  readonly at: string;
  readonly region: Region;
  readonly actions: Readonly<Record<string, string>>;
}

/** What both kinds of identity have. */
interface SimulatedIdentity extends SimulatedGrants {
  readonly name: string;
  /** ARN of the managed policy that bounds it. */
  readonly boundary: string | null;
  /**
   * By service, what its last-accessed report shows, null for no use; of a service that is not named here, what follows from its other
   * activity. `failed`: AWS cannot make the report.
   */
  readonly accessed: Readonly<Record<string, SimulatedServiceUse | null>> | 'failed';
}

export interface SimulatedUser extends SimulatedIdentity {
  readonly created: string;
  readonly groups: readonly string[];
  readonly password: { readonly changed: string; readonly lastUsed: string | null; readonly mfa: boolean } | null;
  /** At most two, as the credential report has room for. */
  readonly accessKeys: readonly SimulatedAccessKey[];
  /** Signing certificates, at most two. */
  readonly certificates: readonly { readonly active: boolean; readonly rotated: string }[];
  readonly credentials: readonly SimulatedCredential[];
  /** A policy denies everybody to list this user's credentials: so it denies the lists of all users, too. */
  readonly sealed: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

export interface SimulatedRole extends SimulatedIdentity {
  readonly path: string;
  readonly created: string;
  readonly trust: PolicyDocument;
  /** Null: AWS saw no use in the 400 days it remembers. */
  readonly lastUsed: Pick<SimulatedUse, 'at' | 'region'> | null;
}

export interface SimulatedGroup extends SimulatedGrants {
  readonly name: string;
  readonly created: string;
}

export interface SimulatedManagedPolicy {
  readonly name: string;
  readonly arn: string;
  readonly created: string;
  readonly document: PolicyDocument;
}

/** What a trail selects. `none`: AWS lists no selector at all, which means its default of all management events. */
export type SimulatedSelectors =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly selectors: readonly EventSelector[] }
  | { readonly kind: 'advanced'; readonly selectors: readonly AdvancedEventSelector[] };

export interface SimulatedTrail {
  readonly name: string;
  readonly home: Region;
  readonly multiRegion: boolean;
  /** A trail of the management account that every member sees as well. */
  readonly organization: boolean;
  readonly logging: boolean;
  readonly selectors: SimulatedSelectors;
}

export interface SimulatedEventDataStore {
  readonly id: string;
  readonly name: string;
  readonly home: Region;
  readonly multiRegion: boolean;
  readonly organization: boolean;
  readonly status: EventDataStoreStatus;
  readonly selectors: readonly AdvancedEventSelector[];
}

export interface SimulatedAccount {
  readonly id: AccountId;
  readonly name: string;
  /** Id of the root or OU it lies in. */
  readonly parent: string;
  readonly state: AccountState;
  readonly joined: string;
  /** When it came into the organisation, where it was an account of its own before. */
  readonly invited?: string;
  /** Regions enabled on top of the default ones. */
  readonly optIn: readonly Region[];
  readonly users: readonly SimulatedUser[];
  readonly roles: readonly SimulatedRole[];
  readonly groups: readonly SimulatedGroup[];
  readonly policies: readonly SimulatedManagedPolicy[];
  readonly trails: readonly SimulatedTrail[];
  readonly eventDataStores: readonly SimulatedEventDataStore[];
  readonly forwarding?: SimulatedForwarding;
  /** Operations that this account always refuses, each with AWS's error name. */
  readonly refuses: Readonly<Partial<Record<Operation, string>>>;
}

export interface SimulatedUnit {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
}

/** A service control policy; resource control policies are told in the same terms. */
export interface SimulatedScp {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly awsManaged: boolean;
  readonly document: PolicyDocument;
  /** Ids of the root, OUs and accounts it is attached to. */
  readonly targets: readonly string[];
}

export interface SimulatedOrganization {
  readonly id: string;
  readonly root: string;
  readonly management: AccountId;
  /** The moment of every answer, and what all dates are told from. */
  readonly clock: string;
  readonly units: readonly SimulatedUnit[];
  readonly accounts: readonly SimulatedAccount[];
  readonly scps: readonly SimulatedScp[];
  readonly rcps: readonly SimulatedScp[];
}
