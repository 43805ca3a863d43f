import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { localObjectStore } from '../../adapters/files/object-store.ts';
import { templatesOnDisk } from '../../adapters/files/templates.ts';
import { chromiumPrinter } from '../../adapters/pdf/printer.ts';
import { runId } from '../../domain/ids.ts';
import { dtOf, readChain, type StoredSeal } from '../../evidence/chain.ts';
import { summaryKey } from '../../evidence/run-files.ts';
import { verifyNight } from '../../evidence/verify-night.ts';
import { reportInput } from '../../pipeline/render-reports.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import { type Audience, audiences, type ReportFormat, type ReportInput } from '../../reports/input.ts';
import { printableReport, renderReport } from '../../reports/render.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { printable } from '../printable.ts';
import { formatOption } from './night-options.ts';

interface ReportOptions {
  readonly archive: string;
  readonly outputDir?: string;
  readonly format?: readonly ReportFormat[];
}

/** `assay report`: the documents of a past night again, from its sealed results, outside the archive. */
export function addReport(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('report')
    .argument('[night]', 'run id, date, or `latest`', 'latest')
    .summary('render the reports of a past night again')
    .description(
      'Renders the three documents of a sealed night from its result tables into a directory outside the archive.',
    )
    .option('--archive <dir>', 'archive that holds the night', 'out')
    .option('--output-dir <dir>', 'where the documents go (default: report-<run>)')
    .addOption(formatOption())
    .action(async (night: string, options: ReportOptions) => end(await report(night, options, io)));
}

async function report(night: string, options: ReportOptions, io: Io): Promise<ExitCode> {
  if (!existsSync(options.archive)) throw new UsageError(`report: no such archive: \`${options.archive}\``);
  const store = localObjectStore(options.archive);
  const stored = await sealOf(store, night);
  const { seal } = stored;
  const faults = await verifyNight(store, stored);
  for (const { file, code, problem } of faults.slice(0, 20)) io.err(`${printable(file)}: ${code}: ${problem}\n`);
  if (faults.length > 0) {
    io.err('report: the evidence of this night does not verify: nothing was rendered from it\n');
    return ExitCode.EvidenceInvalid;
  }
  const target = resolve(options.outputDir ?? `report-${seal.run}`);
  if (`${target}/`.startsWith(`${resolve(options.archive)}/`))
    throw new UsageError('report: --output-dir lies inside the archive; choose another directory');
  const place = { dt: dtOf(seal.clock), run: runId(seal.run) };
  const input = await reportInput(place, { key: summaryKey(place), sha256: seal.summary ?? '' }, store);
  const templates = templatesOnDisk({ templates: fileURLToPath(new URL('../../../templates', import.meta.url)) });
  const formats = options.format ?? ['html', 'pdf'];
  for (const audience of audiences) {
    if (formats.includes('html'))
      for await (const { path, bytes } of renderReport(audience, input, templates))
        write(join(target, audience, path), bytes);
    if (formats.includes('pdf')) await print(audience, input, templates, join(target, audience, 'report.pdf'));
    io.out(`${join(target, audience)}\n`);
  }
  return ExitCode.Ok;
}

async function print(
  audience: Audience,
  input: ReportInput,
  templates: ReturnType<typeof templatesOnDisk>,
  file: string,
): Promise<void> {
  const printer = chromiumPrinter();
  try {
    const { html, meta } = await printableReport(audience, input, templates);
    write(file, await printer.print(html, meta));
  } finally {
    await printer.close();
  }
}

function write(file: string, bytes: Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
}

async function sealOf(store: ObjectStore, night: string): Promise<StoredSeal> {
  const sealed = (await readChain(store)).filter(({ seal }) => seal.kind === 'night');
  const found = sealed.findLast(({ seal }) => night === 'latest' || seal.run === night || seal.clock.startsWith(night));
  if (found === undefined)
    throw new UsageError(
      `report: no sealed night \`${night}\` in the archive; there are ${sealed.map(({ seal }) => seal.run).join(', ') || 'none'}`,
    );
  return found;
}
