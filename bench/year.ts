// Measures the trend of a year: `node bench/year.ts [nights] [accounts]`. Makes an archive of sealed nights, all but the last two from varied
// summaries, and times `assay report` and `assay trend` over it. Ends 1 where one takes 10 s or 500 MB.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assay, measure, newFolder } from './measure.ts';
import { sealYear } from './year-archive.ts';

const limits = { seconds: 10, megabytes: 500 } as const;
const [nights = '365', accounts = '50'] = process.argv.slice(2);

const folder = mkdtempSync(join(tmpdir(), 'assay-year-'));
process.env['XDG_CONFIG_HOME'] = join(folder, 'config'); // a sealing key of its own
try {
  const archive = join(folder, 'archive');
  await sealYear(archive, { nights: Number(nights), accounts: Number(accounts) });
  const commands = [
    ['report', '--archive', archive, '--format', 'html', '--output-dir', newFolder],
    ['trend', '--archive', archive, '--json'],
  ];
  for (const command of commands) {
    const { seconds, range, megabytes } = measure(assay(command), 3);
    const met = seconds < limits.seconds && megabytes < limits.megabytes;
    process.stdout.write(
      `assay ${command[0]}, ${nights} nights of ${accounts} accounts: ${seconds.toFixed(1)} s (${range.map((it) => it.toFixed(1)).join('–')}), peak ${megabytes.toFixed(0)} MB; ${met ? 'met' : 'MISSED'}\n`,
    );
    if (!met) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
