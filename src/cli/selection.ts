import type { Selection } from '../domain/night.ts';

/** How a person chooses accounts on the command line. */
export interface SelectionOptions {
  readonly accounts?: readonly string[];
  readonly skipAccounts?: readonly string[];
  readonly ou?: readonly string[];
  readonly accountTag?: readonly string[];
  readonly accountState?: readonly string[];
}

/** The same as a night keeps it; what was not given is not there, so that it decides no run id. */
export const selectionOf = ({
  accounts = [],
  skipAccounts = [],
  ou = [],
  accountTag,
  accountState,
}: SelectionOptions): Selection => ({
  accounts: [...accounts],
  skip: [...skipAccounts],
  ous: [...ou],
  ...(accountTag === undefined ? {} : { tags: [...accountTag] }),
  ...(accountState === undefined ? {} : { states: [...accountState] }),
});
