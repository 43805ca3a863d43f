import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { localObjectStore } from '../../adapters/files/object-store.ts';
import { templatesOnDisk } from '../../adapters/files/templates.ts';
import { chromiumPrinter } from '../../adapters/pdf/printer.ts';
import type { StoredSeal } from '../../evidence/chain.ts';
import { summaryKey } from '../../evidence/run-files.ts';
import { verifyNight } from '../../evidence/verify-night.ts';
import { reportInput } from '../../pipeline/render-reports.ts';
import { weekInput } from '../../pipeline/render-week.ts';
import { audiences, type Document } from '../../reports/input.ts';
import type { Printable } from '../../reports/press.ts';
import { printableReport, renderReport } from '../../reports/render.ts';
import { weekAudiences } from '../../reports/week/input.ts';
import { printableWeek, renderWeek } from '../../reports/week/render.ts';
import type { ReportOptions } from '../commands/report.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { sealedWeek } from '../make-week.ts';
import { openNight, placeOf } from '../sealed-night.ts';
import { week } from './week.ts';

/** Renders a past night, or a week, again. */
export async function report(night: string, options: ReportOptions, io: Io): Promise<ExitCode> {
  if (options.week !== undefined) return reportWeek(options.week === true ? night : options.week, options, io);
  const opened = await openNight('report', { archive: options.archive, night }, io);
  if (opened === null) return ExitCode.EvidenceInvalid;
  const { store, stored, place } = opened;
  const target = targetOf(stored, options);
  const { seq, summary } = stored.seal;
  const input = await reportInput({ ...place, seq }, { key: summaryKey(place), sha256: summary ?? '' }, store);
  const templates = templatesHere();
  for (const audience of audiences)
    await writeReport(join(target, audience), options, io, {
      html: () => renderReport(audience, input, templates),
      pdf: () => printableReport(audience, input, templates),
    });
  return ExitCode.Ok;
}

/** A sealed week is rendered outside the archive; one that is not sealed is made, and lies in the archive then. */
async function reportWeek(night: string, options: ReportOptions, io: Io): Promise<ExitCode> {
  const { archive, format } = options;
  if (!existsSync(archive)) throw new UsageError(`report: no such archive: \`${archive}\``);
  const store = localObjectStore(resolve(archive));
  const stored = await sealedWeek(store, { night });
  if (stored === undefined)
    return week({ archive, night, progress: true, ...(format === undefined ? {} : { format }) }, io);
  if ((await verifyNight(store, stored)).length > 0) {
    io.err(`report: the evidence of this week does not verify: run assay verify ${archive}\n`);
    return ExitCode.EvidenceInvalid;
  }
  const target = targetOf(stored, options);
  const place = placeOf(stored);
  const input = await weekInput(place, { key: summaryKey(place, 'week'), sha256: stored.seal.summary ?? '' }, store);
  const templates = templatesHere();
  for (const audience of weekAudiences)
    await writeReport(join(target, audience), options, io, {
      html: () => renderWeek(audience, input, templates),
      pdf: () => printableWeek(audience, input, templates),
    });
  return ExitCode.Ok;
}

const templatesHere = (): ReturnType<typeof templatesOnDisk> =>
  templatesOnDisk({ templates: fileURLToPath(new URL('../../../templates', import.meta.url)) });

/** Where the documents go: never into the archive, where every file is sealed. */
function targetOf({ seal }: StoredSeal, { archive, outputDir }: ReportOptions): string {
  const target = resolve(outputDir ?? `report-${seal.run}`);
  if (`${target}/`.startsWith(`${resolve(archive)}/`))
    throw new UsageError('report: --output-dir lies inside the archive; choose another directory');
  return target;
}

interface Makers {
  html(): AsyncIterable<Document>;
  pdf(): Promise<Printable>;
}

/** Writes one report in the formats that are asked for, and tells where. */
async function writeReport(
  folder: string,
  { format = ['html', 'pdf'] }: ReportOptions,
  io: Io,
  make: Makers,
): Promise<void> {
  if (format.includes('html')) for await (const { path, bytes } of make.html()) write(join(folder, path), bytes);
  if (format.includes('pdf')) await print(await make.pdf(), join(folder, 'report.pdf'));
  io.out(`${folder}\n`);
}

async function print({ html, meta }: Printable, file: string): Promise<void> {
  const printer = chromiumPrinter();
  try {
    write(file, await printer.print(html, meta));
  } finally {
    await printer.close();
  }
}

function write(file: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}
