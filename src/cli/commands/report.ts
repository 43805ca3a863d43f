import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { templatesOnDisk } from '../../adapters/files/templates.ts';
import { chromiumPrinter } from '../../adapters/pdf/printer.ts';
import { summaryKey } from '../../evidence/run-files.ts';
import { reportInput } from '../../pipeline/render-reports.ts';
import { type Audience, audiences, type ReportFormat, type ReportInput } from '../../reports/input.ts';
import { printableReport, renderReport } from '../../reports/render.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { openNight } from '../sealed-night.ts';
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
  const opened = await openNight('report', { archive: options.archive, night }, io);
  if (opened === null) return ExitCode.EvidenceInvalid;
  const { store, stored, place } = opened;
  const { seal } = stored;
  const target = resolve(options.outputDir ?? `report-${seal.run}`);
  if (`${target}/`.startsWith(`${resolve(options.archive)}/`))
    throw new UsageError('report: --output-dir lies inside the archive; choose another directory');
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
