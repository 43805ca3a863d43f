import type { Night, Pointer } from '../domain/night.ts';
import type { ReportStatus } from '../domain/seal.ts';
import type { NightSummary } from '../domain/summary.ts';
import { sha256 } from '../evidence/canonical.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type Audience, audiences, type ReportInput } from '../reports/input.ts';
import { printableReport, renderReport } from '../reports/render.ts';
import type { Dependencies } from './dependencies.ts';
import { evidenceFolder, reportFolder } from './keys.ts';
import { archive, fetchPointer, fromJson } from './stored.ts';
import { readTable } from './table-writer.ts';

export interface RenderReportsInput {
  readonly night: Night;
  readonly summary: Pointer;
}

/** Renders the three documents. One that fails is recorded with its reason; the night goes on and ends 2 (design §1). */
export async function renderReports(
  input: RenderReportsInput,
  dependencies: Dependencies,
): Promise<{ readonly reports: readonly ReportStatus[] }> {
  const { store, settings, pdf } = dependencies;
  const report = await reportInput(input.night, input.summary, store);
  const reports: ReportStatus[] = [];
  try {
    for (const audience of audiences)
      for (const format of settings.formats) {
        const write = format === 'html' ? writeHtml : writePdf;
        reports.push({
          audience,
          format,
          ...(await outcome(() => write(audience, report, input.night, dependencies))),
        });
      }
  } finally {
    await pdf.close();
  }
  return { reports };
}

async function outcome(write: () => Promise<void>): Promise<Pick<ReportStatus, 'status' | 'reason'>> {
  try {
    await write();
    return { status: 'rendered', reason: null };
  } catch (error) {
    return { status: 'failed', reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** Everything a report is made from, read back from the archive: what is shown is what is sealed. */
export async function reportInput(
  night: Pick<Night, 'dt' | 'run'>,
  summary: Pointer,
  store: ObjectStore,
): Promise<ReportInput> {
  return {
    summary: fromJson<NightSummary>(await fetchPointer(store, 'archive', summary)),
    rows: (table) => readTable(store, night, table),
    evidence: await evidenceIndex(night, store),
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

async function writeHtml(
  audience: Audience,
  report: ReportInput,
  night: Night,
  { store, templates }: Dependencies,
): Promise<void> {
  for await (const { path, bytes } of renderReport(audience, report, templates))
    await archive(store, reportFolder(night, audience) + path, bytes);
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
