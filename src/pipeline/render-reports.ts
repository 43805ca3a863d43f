import type { Night, Pointer } from '../domain/night.ts';
import type { ReportStatus } from '../domain/seal.ts';
import type { NightSummary } from '../domain/summary.ts';
import { sha256 } from '../evidence/canonical.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type Audience, audiences, type ReportInput } from '../reports/input.ts';
import { printableReport, renderReport } from '../reports/render.ts';
import type { Dependencies } from './dependencies.ts';
import { historyOf } from './history.ts';
import { evidenceFolder, reportFolder } from './keys.ts';
import { weekWriters } from './render-week.ts';
import { archive, archiveEach, fetchPointer, fromJson } from './stored.ts';
import { readTable } from './table-writer.ts';

export interface RenderReportsInput {
  readonly night: Night;
  readonly summary: Pointer;
}

/** One document of a run, in the formats it can be made in. */
interface Writer {
  readonly audience: Audience;
  html(): Promise<unknown>;
  pdf(): Promise<unknown>;
}
export type Writers = readonly Writer[];

/**
 * Renders the documents of a run: three of a night, two of a week. One that fails is recorded with its reason; the run goes on and ends 2
 * (design §1).
 */
export async function renderReports(
  { night, summary }: RenderReportsInput,
  dependencies: Dependencies,
): Promise<{ readonly reports: readonly ReportStatus[] }> {
  if (dependencies.settings.formats.length === 0) return { reports: [] };
  const writersOf = night.kind === 'week' ? weekWriters : nightWriters;
  const writers = await writersOf(night, summary, dependencies);
  const reports: ReportStatus[] = [];
  try {
    for (const { audience, ...write } of writers)
      for (const format of dependencies.settings.formats)
        reports.push({ audience, format, ...(await outcome(write[format])) });
  } finally {
    await dependencies.pdf.close();
  }
  return { reports };
}

/** How the documents of a night are made. */
async function nightWriters(night: Night, summary: Pointer, dependencies: Dependencies): Promise<Writers> {
  const { store, templates } = dependencies;
  const report = await reportInput(night, summary, store);
  return audiences.map((audience) => ({
    audience,
    html: () => archiveEach(store, reportFolder(night, audience), renderReport(audience, report, templates)),
    pdf: () => writePdf(audience, report, night, dependencies),
  }));
}

async function outcome(write: () => Promise<unknown>): Promise<Pick<ReportStatus, 'status' | 'reason'>> {
  try {
    await write();
    return { status: 'rendered', reason: null };
  } catch (error) {
    return { status: 'failed', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/**
 * Everything a report is made from, read back from the archive: what is shown is what is sealed. `seq`: the number of the night's seal where it
 * has one already, so that a report made again looks back on the same nights.
 */
export async function reportInput(
  night: Pick<Night, 'dt' | 'run'> & { readonly seq?: number },
  pointer: Pointer,
  store: ObjectStore,
): Promise<ReportInput> {
  const summary = fromJson<NightSummary>(await fetchPointer(store, 'archive', pointer));
  return {
    summary,
    rows: (table) => readTable(store, night, table),
    evidence: await evidenceIndex(night, store),
    history: await historyOf(store, { ...night, scopeDigest: summary.scope.digest }, summary),
  };
}

async function evidenceIndex(night: Pick<Night, 'dt' | 'run'>, store: ObjectStore): Promise<Pointer[]> {
  const pointers: Pointer[] = [];
  for await (const key of store.list('archive', evidenceFolder(night))) {
    const bytes = await store.get('archive', key);
    if (bytes !== undefined) pointers.push({ key, sha256: sha256(bytes) });
  }
  return pointers;
}

async function writePdf(
  audience: Audience,
  report: ReportInput,
  night: Night,
  { store, templates, pdf }: Dependencies,
): Promise<void> {
  const { html, meta } = await printableReport(audience, report, templates);
  await archive(store, `${reportFolder(night, audience)}report.pdf`, await pdf.print(html, meta));
}
