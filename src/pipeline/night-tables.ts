import { guardrailVersionsIn } from '../domain/guardrail-settings.ts';
import type { NightSummary } from '../domain/summary.ts';
import type { AccountRow, FindingRow, TableName, TableRow } from '../domain/tables.ts';
import type { NightRef } from '../domain/week.ts';
import { sha256 } from '../evidence/canonical.ts';
import { readRaw, stored } from '../evidence/chain.ts';
import { EvidenceError } from '../evidence/error.ts';
import { summaryKey } from '../evidence/run-files.ts';
import type { Sums } from '../evidence/sums.ts';
import { sealedSums } from '../evidence/verify-night.ts';
import type { ComparedNight } from '../history/difference.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeLines } from '../transcripts/lines.ts';
import { tableFolder } from './keys.ts';
import { fromJson } from './stored.ts';

/** The name under which findings about the organisation itself stand, in the first part of their table. */
export const theOrganization = 'organization';

type Account = Pick<AccountRow, 'account' | 'status' | 'reason'> & { readonly part: number };

/** The tables of a sealed night. Every byte that is read is the sealed one: a file that is another one, or missing, throws EvidenceError. */
export class NightTables {
  readonly ref: NightRef;
  readonly summary: NightSummary;
  /** Accounts of the night, with the part of each table that holds their rows. */
  readonly accounts: ReadonlyMap<string, Account>;
  readonly #store: ObjectStore;
  readonly #sums: Sums;
  readonly #controls: ReadonlySet<string>;

  private constructor(
    store: ObjectStore,
    ref: NightRef,
    read: { readonly sums: Sums; readonly summary: NightSummary; readonly accounts: ReadonlyMap<string, Account> },
  ) {
    this.#store = store;
    this.ref = ref;
    this.#sums = read.sums;
    this.summary = read.summary;
    this.accounts = read.accounts;
    this.#controls = new Set(read.summary.controls.map(({ id }) => id));
  }

  static async open(store: ObjectStore, ref: NightRef): Promise<NightTables> {
    const raw = await readRaw(store, ref.seq);
    const seal = raw && stored(raw);
    if (seal === undefined || seal.digest !== ref.seal)
      throw new EvidenceError('CHAIN_BROKEN', `seal ${ref.seq} is not the one of run ${ref.run}`);
    const sums = await sealedSums(store, seal);
    if (sums === undefined)
      throw new EvidenceError('SUMS_MALFORMED', `SHA256SUMS of seal ${ref.seq} is not the one that was signed`);
    const summary = fromJson<NightSummary>(await sealedBytes(store, sums, summaryKey(ref)));
    const accounts = new Map<string, Account>();
    for (const [part, key] of partsOf(sums, ref, 'accounts'))
      for await (const row of decodeLines<AccountRow>(await sealedBytes(store, sums, key)))
        accounts.set(row.account, { account: row.account, status: row.status, reason: row.reason, part });
    return new NightTables(store, ref, { sums, summary, accounts });
  }

  /** The findings of some accounts, and how these stood: reads the parts that hold them and no other. */
  async compared(wanted: ReadonlySet<string>): Promise<ComparedNight> {
    const accounts = [...wanted].flatMap((account) => this.accounts.get(account) ?? []);
    const parts = new Set([...accounts.map(({ part }) => part), ...(wanted.has(theOrganization) ? [1] : [])]);
    const findings: FindingRow[] = [];
    for await (const row of this.rows('findings', parts)) if (wanted.has(row.account)) findings.push(row);
    const guardrails = guardrailVersionsIn(this.summary.run.versions);
    return { findings, accounts, controls: this.#controls, guardrails };
  }

  /** The rows of a table, in plan order; of some of its parts where that is said. */
  async *rows<Name extends TableName>(table: Name, wanted?: ReadonlySet<number>): AsyncGenerator<TableRow<Name>> {
    for (const [part, key] of partsOf(this.#sums, this.ref, table))
      if (wanted?.has(part) !== false)
        yield* decodeLines<TableRow<Name>>(await sealedBytes(this.#store, this.#sums, key));
  }
}

/** The parts of a table that the night sealed, by number. */
function partsOf(sums: Sums, { dt, run }: NightRef, table: TableName): (readonly [part: number, key: string])[] {
  const folder = tableFolder({ dt, run: run as Parameters<typeof tableFolder>[0]['run'] }, table);
  return [...sums.keys()]
    .filter((key) => key.startsWith(folder))
    .sort()
    .map((key) => [Number(/part-(\d+)\.jsonl\.gz$/.exec(key)?.[1]), key] as const);
}

async function sealedBytes(store: ObjectStore, sums: Sums, key: string): Promise<Uint8Array> {
  const bytes = await store.get('archive', key);
  if (bytes === undefined) throw new EvidenceError('UNREADABLE', `sealed, but not there: \`${key}\``);
  if (sha256(bytes) !== sums.get(key))
    throw new EvidenceError('DIGEST_MISMATCH', `\`${key}\` is not the file that was sealed`);
  return bytes;
}
