import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { templatesOnDisk } from '../../adapters/files/templates.ts';
import { chromiumPrinter } from '../../adapters/pdf/printer.ts';
import { summaryKey } from '../../evidence/run-files.ts';
import { reportInput } from '../../pipeline/render-reports.ts';
import { type Audience, audiences, type ReportInput } from '../../reports/input.ts';
import { printableReport, renderReport } from '../../reports/render.ts';
import type { ReportOptions } from '../commands/report.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { openNight } from '../sealed-night.ts';

/** Renders a past night again. */
export async function report(night: string, options: ReportOptions, io: Io): Promise<ExitCode> {
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
