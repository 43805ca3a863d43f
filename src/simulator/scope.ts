import type { AccessAdvisorUsageGranularityType } from '@aws-sdk/client-iam';
import { defaultRegions } from '../catalogue/regions.ts';
import type { AccountId, Region } from '../domain/ids.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { Input, Output, ReaderScope } from '../ports/aws-reader.ts';
import type { SimulatedAccount, SimulatedOrganization } from './organization.ts';

/** A last-accessed report that was asked for. */
export interface LastAccessedJob {
  readonly account: AccountId;
  readonly arn: string;
  readonly granularity: AccessAdvisorUsageGranularityType;
  /** How often its result was asked for. */
  readonly asked: number;
}

/** What AWS remembers between two calls of one session of readers. */
export interface Memory {
  /** How often an account was asked for a credential report. */
  readonly reportAsked: Map<AccountId, number>;
  /** By job id. */
  readonly jobs: Map<string, LastAccessedJob>;
}

/** Everything an answer is made from. */
export interface CallScope {
  readonly organization: SimulatedOrganization;
  /** The account asked; for organisation calls the management account, whose credentials Assay runs under. */
  readonly account: SimulatedAccount;
  readonly region: ReaderScope['region'];
  readonly memory: Memory;
}

/** How one operation is answered. */
export type Answering<O extends Operation> = (scope: CallScope, input: Input<O>) => Output<O>;

export const isManagement = ({ organization, account }: CallScope): boolean => account.id === organization.management;

export const enabledRegions = (account: SimulatedAccount): readonly Region[] =>
  [...defaultRegions, ...account.optIn].sort();

/** Who Assay is to AWS: its own session in the management account, the reader role elsewhere. */
export function callerArn(scope: CallScope): string {
  return `arn:aws:sts::${scope.account.id}:assumed-role/${isManagement(scope) ? 'Assay' : 'AssayReader'}/assay`;
}
