// `npm run test:emulator`: Python environment, emulators, jest, and a last line `N passed, N failed, N skipped`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmulators } from './emulators.mjs';
import { ensurePython, PythonMissing } from './python.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const say = (line) => process.stdout.write(`${line}\n`);

async function main() {
  let bin;
  try {
    bin = ensurePython();
  } catch (error) {
    if (!(error instanceof PythonMissing)) throw error;
    say(`skipped: ${error.message}`);
    say(`0 passed, 0 failed, ${readdirSync(here).filter((file) => file.endsWith('.emulator.ts')).length} skipped`);
    return 0;
  }
  const emulators = await startEmulators(bin);
  const stop = () => emulators.stop().then(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  try {
    return await runJest(emulators.ports);
  } finally {
    await emulators.stop();
  }
}

async function runJest(ports) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-emulator-'));
  const result = join(folder, 'jest.json');
  try {
    const jest = [join(here, '../../node_modules/jest/bin/jest.js'), '--config', join(here, 'jest.config.mjs')];
    const flags = ['--runInBand', '--json', `--outputFile=${result}`, ...process.argv.slice(2)];
    const code = await ended(
      spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...jest, ...flags], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: { ...process.env, ASSAY_EMULATOR_PORTS: ports.join(',') },
      }),
    );
    return report(code, result);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ended = (child) => new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));

/** Says the totals of jest's own result; a file that does not load, or a jest that leaves no result, is a failure. */
function report(code, result) {
  let totals = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numRuntimeErrorTestSuites: 0 };
  try {
    totals = JSON.parse(readFileSync(result, 'utf8'));
  } catch {
    say('jest left no result');
  }
  const failed = totals.numFailedTests + totals.numRuntimeErrorTestSuites;
  const counted = code !== 0 && failed === 0 ? 1 : failed;
  say(`${totals.numPassedTests} passed, ${counted} failed, ${totals.numPendingTests} skipped`);
  return counted === 0 ? 0 : 1;
}

process.exitCode = await main();
