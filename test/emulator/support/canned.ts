import type { Call } from './call.ts';

/** An answer in place of the emulator's: for calls it does not know, and where it differs from AWS. */
export interface CannedAnswer {
  readonly operation: string;
  /** Of this account only. */
  readonly account?: string;
  readonly status?: number;
  /** `real` asks the emulator and gives the text of its answer. */
  readonly body: string | ((call: Call, real: () => Promise<string>) => string | Promise<string>);
}

/** The answer meant for a call: of several the latest. */
export const cannedFor = (answers: readonly CannedAnswer[], call: Call): CannedAnswer | undefined =>
  answers.findLast(
    ({ operation, account }) => operation === call.operation && (account === undefined || account === call.account),
  );
