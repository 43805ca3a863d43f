import type { CallSummary } from '../domain/calls.ts';
import type { Night } from '../domain/night.ts';
import type { NightSummary } from '../domain/summary.ts';
import type { TableName, TableRow } from '../domain/tables.ts';
import type { StoredSeal } from '../evidence/chain.ts';
import { allMetrics } from '../pipeline/judge-account.ts';
import { readTable } from '../pipeline/table-writer.ts';
import { Totals } from '../pipeline/totals.ts';
import type { ObjectStore } from '../ports/object-store.ts';

/** What is told of a night besides its rows. */
export interface NightTold {
  readonly summary: NightSummary;
  readonly stored: StoredSeal;
  readonly exit: number;
  /** What the run asked of AWS; null where that was nothing. Not part of what is sealed. */
  readonly calls: CallSummary | null;
}

/**
 * Streams a night as one JSON object (design §6): the summary with the row arrays in place of their counts, and with the figures of
 * each account. Rows are written as they are read: nothing holds the organisation.
 */
export async function writeNightJson(
  out: (text: string) => void,
  told: NightTold,
  night: Night,
  store: ObjectStore,
): Promise<void> {
  const rows = <Name extends TableName>(table: Name): AsyncIterable<TableRow<Name>> => readTable(store, night, table);
  const { completeness, metrics, logging, ...rest } = told.summary;
  const { gaps, ...whole } = completeness;
  const { seal, key, digest } = told.stored;
  const head = {
    ...rest,
    schema: 'assay/night/2',
    exitCode: told.exit,
    calls: told.calls,
    seal: { seq: seal.seq, key, head: digest },
    loggingByClass: logging,
  };
  out(
    `${JSON.stringify(head).slice(0, -1)},"completeness":${JSON.stringify({ ...whole, gapsByCause: gaps }).slice(0, -1)},"gaps":`,
  );
  await writeArray(out, rows('gaps'), ({ id, ...row }) => row);
  out('},"metrics":');
  await writeArray(out, metricsOf(metrics, rows('accounts')), (metric) => metric);
  out(',"aiKeys":');
  await writeArray(out, rows('credentials'), ({ id, ai, live, ...row }) => row);
  out(',"keyHolders":');
  await writeArray(out, rows('key-holders'), ({ id, ...row }) => row);
  out(',"keyPowers":');
  await writeArray(out, rows('key-powers'), ({ id, ...row }) => row);
  out(',"guardrails":');
  await writeArray(out, rows('guardrails'), ({ id, ...row }) => row);
  out(',"practicesByAccount":');
  await writeArray(out, rows('practices'), ({ id, ...row }) => row);
  out(',"logging":');
  await writeArray(out, rows('logging'), ({ id, ...row }) => row);
  out('}\n');
}

async function writeArray<Row>(
  out: (text: string) => void,
  rows: AsyncIterable<Row>,
  shape: (row: Row) => unknown,
): Promise<void> {
  let separator = '[';
  for await (const row of rows) {
    out(separator + JSON.stringify(shape(row)));
    separator = ',';
  }
  out(separator === '[' ? '[]' : ']');
}

/** The summary's figures, then those of each account, summed over its kinds. */
async function* metricsOf(
  metrics: NightSummary['metrics'],
  accounts: AsyncIterable<TableRow<'accounts'>>,
): AsyncGenerator<NightSummary['metrics'][number]> {
  yield* metrics;
  for await (const row of accounts) yield* Totals.ofAccount(row, allMetrics);
}
