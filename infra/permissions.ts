import { grantedActions } from '../src/catalogue/reader-policy.ts';

/** What a task may do in one bucket, as key patterns (`*` also spans slashes). Nobody may delete. */
export interface AreaAccess {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  /** Prefixes it lists; also what makes a missing object read as missing and not as denied. */
  readonly list?: readonly string[];
}

/** All that a task may do. What is not here is denied. */
export interface TaskPermissions {
  readonly archive?: AreaAccess;
  readonly portal?: AreaAccess;
  readonly work?: AreaAccess;
  /** AWS reads under the function's own credentials: in the account it runs in. */
  readonly reads?: readonly string[];
  readonly assumesReaderRole?: true;
  readonly signs?: true;
}

/** Reads of one account. The account that Assay runs in is read without a role. */
const accountReads = grantedActions('member');

const evidence = 'evidence/*';
const seals = 'seals/*';
const attempts = 'run=*/attempts/*';
const results = 'run=*/accounts/*';
const organization = 'run=*/organization.json.gz';
const parts = 'run=*/parts/*';
const batches = 'run=*/batches.json';
const discovered = 'run=*/discovered.json';
const partial = 'run=*/partial/*';
const receipts = 'run=*/receipts/*';
const nights = 'run=*/nights.json';
const compared = ['results/accounts/*', 'results/findings/*', 'results/summary/*'];

/** What MergeResults writes: the summary, and the changes that are made once for many accounts. */
const totals = ['results/summary/*', 'results/actions/*'];
const sealing: TaskPermissions = {
  archive: {
    read: [evidence, 'results/*', 'reports/*', seals],
    write: [seals],
    list: [evidence, 'results/*', 'reports/*', seals],
  },
  work: { read: ['run=*/seal/*'], write: ['run=*/seal/*'], list: ['run=*/seal/*'] },
  signs: true,
};

/** Least privilege by state. A Task state that has no row here does not synthesise. */
export const permissions: Readonly<Record<string, TaskPermissions>> = {
  ClaimNight: { work: { read: ['claims/*'], write: ['claims/*'] } },
  DiscoverOrganization: {
    archive: { read: [evidence, seals, 'results/accounts/*'], write: [evidence], list: [seals, 'results/accounts/*'] },
    work: {
      read: [discovered, partial],
      write: [attempts, 'run=*/accounts.json', batches, organization, discovered, partial],
      list: [discovered, partial], // it asks whether it was there before
    },
    reads: grantedActions('management'),
    assumesReaderRole: true,
  },
  CollectAccount: {
    archive: { read: [evidence], write: [evidence] },
    work: {
      read: [organization, partial, receipts],
      write: [attempts, partial, receipts],
      list: [partial, receipts], // it asks how far an earlier try came
    },
    reads: accountReads,
    assumesReaderRole: true,
  },
  JudgeAccount: {
    archive: { read: [evidence] },
    work: { read: [organization, results], write: [results] },
  },
  RecordAccountGap: {
    archive: { read: [evidence], write: [evidence] },
    work: { read: [results], write: [attempts, results] },
  },
  MergeBatch: {
    archive: { read: [evidence, 'results/*'], write: ['results/*'] },
    work: { read: [organization, results], write: [parts], list: ['run=*'] },
  },
  MergeResults: {
    archive: { read: [evidence, ...totals], write: totals },
    work: { read: [batches, parts] },
  },
  SelectNights: {
    archive: { read: [seals, 'results/weeks/*'], list: [seals] },
    work: { write: [nights] },
  },
  ComparePeriod: {
    archive: {
      read: [...compared, seals, 'results/changes/*', 'results/weeks/*'],
      write: ['results/changes/*', 'results/weeks/*'],
      list: [seals],
    },
    work: { read: [nights] },
  },
  RenderReports: {
    archive: {
      read: [evidence, 'results/*', 'reports/*', seals], // earlier nights, for the trend
      write: ['reports/*'],
      list: [evidence, 'results/*', seals],
    },
  },
  SealNight: sealing,
  SealFailedNight: sealing,
  PublishNight: {
    archive: { read: [seals], list: [seals] },
    portal: { write: ['index.html', 'latest/*'] },
  },
};
