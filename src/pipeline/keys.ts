import type { WeekTableName } from '../domain/change-table.ts';
import type { Night } from '../domain/night.ts';
import type { TableName } from '../domain/tables.ts';
import type { Owner } from '../ports/aws-reader.ts';

// Where the steps put things (design §5). Keys of seals and of the summary are spelt in src/evidence, which verifies them.

type At = Pick<Night, 'dt' | 'run'>;

const partition = ({ dt, run }: At): string => `dt=${dt}/run=${run}`;
const ownerFolder = (owner: Owner): string => (owner === 'organization' ? 'organization' : `account=${owner}`);
const four = (n: number): string => String(n).padStart(4, '0');

export const evidenceFolder = (night: At): string => `evidence/${partition(night)}/`;
export const attemptFolder = (night: At, owner: Owner, attempt: number): string =>
  `${evidenceFolder(night)}${ownerFolder(owner)}/attempt=${attempt}/`;
export const partName = (collector: string, part: number): string => `${collector}.part-${four(part)}.jsonl.gz`;
export const tableFolder = (night: At, table: TableName | WeekTableName): string =>
  `results/${table}/${partition(night)}/`;
export const tablePart = (night: At, table: TableName | WeekTableName, part: number): string =>
  `${tableFolder(night, table)}part-${four(part)}.jsonl.gz`;
export const reportFolder = (night: At, audience: string): string => `reports/${audience}/${partition(night)}/`;

/** Keys in the work area. */
export const work = {
  claim: (kind: string, clock: string, scopeDigest: string): string =>
    `claims/${kind}/${clock.replaceAll(':', '')}/${scopeDigest}`,
  attempt: (run: string, owner: Owner, attempt: number): string =>
    `run=${run}/attempts/${ownerFolder(owner)}/${attempt}`,
  discovered: (run: string): string => `run=${run}/discovered.json`,
  accounts: (run: string): string => `run=${run}/accounts.json`,
  organization: (run: string): string => `run=${run}/organization.json.gz`,
  input: (run: string): string => `run=${run}/input.json`,
  partial: (run: string, owner: Owner, part: number): string =>
    `run=${run}/partial/${ownerFolder(owner)}/${partName('answers', part)}`,
  receipt: (run: string, account: string): string => `run=${run}/receipts/${account}.json`,
  nights: (run: string): string => `run=${run}/nights.json`,
  batches: (run: string): string => `run=${run}/batches.json`,
  nightPart: (run: string, batch: number): string => `run=${run}/parts/${four(batch)}.json.gz`,
  accountResult: (run: string, account: string): string => `run=${run}/accounts/${account}.json.gz`,
} as const;
