import type { AccountId, Region } from '../domain/ids.ts';
import type { AwsCalls, Operation } from './aws-calls.ts';

/** Whose answers: an account, or the organisation (asked with the credentials Assay runs under). */
export type Owner = AccountId | 'organization';

export interface ReaderScope {
  readonly account: Owner;
  readonly region: Region | 'global';
}

export type Input<O extends Operation> = AwsCalls[O]['input'];
export type Output<O extends Operation> = AwsCalls[O]['output'];

/** An answer with what is known about it: the moment of the call, and the snapshot file that held it. */
export interface Answer<O extends Operation> {
  readonly output: Output<O>;
  readonly at: string | null;
  readonly source: string | null;
}

/** The port every collector reads through. Both reject only with a `Refusal` that carries the gap. */
export interface AwsReader {
  call<O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>>;
  /** Follows the paging token of the operation table; a token that repeats is a refusal, not a loop. */
  pages<O extends Operation>(operation: O, input: Input<O>): AsyncIterable<Answer<O>>;
}

/** A source of AWS answers: live, replayed or simulated. */
export interface AwsReaders {
  for(scope: ReaderScope): AwsReader;
  /** Accounts that a source without Organizations knows of. */
  accounts(): readonly AccountId[];
}
