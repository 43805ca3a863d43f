import type { AccountId, RunId } from './ids.ts';

export type InputSource = 'aws' | 'snapshot' | 'simulator';

/** Which accounts a night covers; empty lists mean all. Part of the scope digest. */
export interface Selection {
  readonly accounts: readonly string[];
  readonly skip: readonly string[];
  /** OU ids: with everything below them. */
  readonly ous: readonly string[];
  /** Tags as the organisation keeps them, `key=value`: every key given must be there, with one of the values given for it. */
  readonly tags?: readonly string[] | undefined;
  /** States of accounts, as Organizations names them; accounts on the way to being closed are never read. */
  readonly states?: readonly string[] | undefined;
}

/** What starts an execution (design §1). `scheduledTime` is the clock: whole seconds, ISO, UTC. */
export interface ExecutionInput {
  readonly scheduledTime: string;
  readonly kind: 'night' | 'week';
  readonly input: { readonly source: InputSource; readonly digest: string | null };
  readonly selection: Selection;
  readonly windowDays: number;
}

/** A night's fixed facts: what every state of the workflow is told. Small on purpose. */
export interface Night {
  readonly run: RunId;
  readonly kind: 'night' | 'week';
  /** The clock: the window's end and every time that Assay itself writes. */
  readonly clock: string;
  /** UTC date of the clock. */
  readonly dt: string;
  readonly windowDays: number;
  readonly input: ExecutionInput['input'];
  readonly selection: Selection;
  readonly scopeDigest: string;
}

/** A stored object: its key in an area, the digest of its bytes and of course no content (design §1: pointers only). */
export interface Pointer {
  readonly key: string;
  readonly sha256: string;
}

export interface PlannedAccount {
  readonly account: AccountId;
  readonly name: string | null;
  /** OU ids from below the root down to the account's parent. */
  readonly ou: readonly string[];
  readonly state: string;
  /** Its tag `owner` in the organisation; null = none, or its tags were not read. */
  readonly owner: string | null;
  /** Whether its tags were read: else it may be anybody's. */
  readonly ownerRead: boolean;
  readonly action: 'collect' | 'skip';
  readonly reason: 'suspended' | 'not-selected' | null;
  /** The role to assume there; null where the caller's own credentials (or a snapshot) answer. */
  readonly role: string | null;
  /** Items per metric when this account was last measured, from the last sealed night of the same scope. */
  readonly lastPopulation: Readonly<Record<string, number>> | null;
}

/** Consecutive accounts of the plan, from the place `from` up to, not including, `to`; `number` counts from 1 and names their part. */
export interface Batch {
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

export interface OrganizationalUnit {
  readonly id: string;
  readonly name: string;
  readonly parent: string | null;
}

/** What Discover decided: sealed as evidence, walked by Merge. */
export interface RunPlan {
  readonly night: Night;
  readonly organization: string | null;
  readonly managementAccount: AccountId | null;
  readonly accountsFrom: 'organization' | 'arns';
  /** False where an organisation exists, or may exist, whose accounts could not be listed: figures over all of them stay open. */
  readonly accountsListed: boolean;
  readonly note: string | null;
  readonly ous: readonly OrganizationalUnit[];
  readonly accounts: readonly PlannedAccount[];
}
