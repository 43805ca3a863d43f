import type { Night } from '../../src/domain/night.ts';
import type { NightSummary } from '../../src/domain/summary.ts';
import type { AccountRow, FindingRow, FindingStatus } from '../../src/domain/tables.ts';
import { sha256 } from '../../src/evidence/canonical.ts';
import { dtOf } from '../../src/evidence/chain.ts';
import { summaryKey } from '../../src/evidence/run-files.ts';
import { sealNight } from '../../src/evidence/seal-night.ts';
import { nightOf, scopeDigestOf } from '../../src/pipeline/claim-night.ts';
import { tablePart } from '../../src/pipeline/keys.ts';
import { archive, toJson } from '../../src/pipeline/stored.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';
import { encodeLines } from '../../src/transcripts/lines.ts';
import { summaryOf } from '../reports/support/night.ts';
import { accountRow } from '../reports/support/rows.ts';
import { inputAt, testSigner } from './world.ts';

// Sealed nights without the work of a night: tables and a summary, of findings that a test states. For what reads past nights.

const denied = { code: 'ACCESS_DENIED', action: 'iam:GetAccountSummary', by: null } as const;

/** One finding of an account: the control is a real one, the resource free. */
export const finding = (
  status: FindingStatus,
  { account = '200000000001', control = 'root-mfa', resource = 'root', ...more }: Partial<FindingRow> = {},
): FindingRow => ({
  id: `${account}/${control}/${resource}`,
  account,
  control,
  version: 1,
  severity: 'high',
  status,
  resourceType: 'root user',
  resource,
  region: null,
  reason: `it is ${status}`,
  evidence: {},
  thresholds: {},
  gap: status === 'not-measured' ? denied : null,
  exception: null,
  remedy: status === 'fail' ? { text: 'turn it on', command: null } : null,
  ...more,
});

/** A night of a test. Parts of the tables hold the accounts in the order given, `perPart` of them each. */
export interface SealedNight {
  readonly clock: string;
  readonly findings?: readonly FindingRow[];
  readonly accounts?: readonly AccountRow[];
  readonly perPart?: number;
  readonly change?: (summary: NightSummary) => NightSummary;
  /** Sealed as failed, for this reason. */
  readonly failure?: string;
  /** Accounts it was asked for; all where nothing is said. */
  readonly only?: readonly string[];
}

/** Writes and seals nights, in the order given. */
export async function sealNights(store: ObjectStore, nights: readonly SealedNight[]): Promise<Night[]> {
  const sealed: Night[] = [];
  for (const night of nights) sealed.push(await sealOne(store, night));
  return sealed;
}

async function sealOne(
  store: ObjectStore,
  {
    clock,
    findings = [],
    accounts = [accountRow('200000000001')],
    perPart = 1_000,
    change = (it) => it,
    failure,
    only = [],
  }: SealedNight,
): Promise<Night> {
  const input = inputAt(clock, { selection: { accounts: only, skip: [], ous: [] } });
  const night = nightOf(input, { code: 'test' });
  if (failure === undefined) {
    for (let at = 0; at < accounts.length; at += perPart) {
      const [part, own] = [at / perPart + 1, accounts.slice(at, at + perPart)];
      const names = new Set<string>([...own.map(({ account }) => account), ...(part === 1 ? ['organization'] : [])]);
      await archive(store, tablePart(night, 'accounts', part), await encodeLines(own));
      const rows = findings.filter(({ account }) => names.has(account));
      if (rows.length > 0) await archive(store, tablePart(night, 'findings', part), await encodeLines(rows));
    }
    const counted = summaryOf({ accounts, identities: [], credentials: [], logging: [], gaps: [], findings });
    const run = { ...counted.run, id: night.run, clock, end: clock };
    await archive(store, summaryKey(night), toJson(change({ ...counted, run })));
  }
  const summary = await store.get('archive', summaryKey(night));
  const status = (word: string) => accounts.filter((row) => row.status === word).length;
  await sealNight(store, testSigner, {
    schema: 'assay/seal/1',
    kind: failure === undefined ? 'night' : 'failed',
    run: night.run,
    summary: summary === undefined ? null : sha256(summary),
    clock,
    sealedAt: clock,
    scope: 'o-a1b2c3d4e5',
    scopeDigest: scopeDigestOf(input),
    completeness:
      failure === undefined
        ? {
            discovered: accounts.length,
            measured: status('measured'),
            partial: status('partial'),
            failed: status('failed'),
            suspended: 0,
            skipped: 0,
          }
        : null,
    counts: null,
    versions: { code: 'test' },
    input: input.input,
    reports: [],
    failure: failure === undefined ? null : { error: 'Broken', cause: failure },
  });
  return { ...night, dt: dtOf(clock) };
}
