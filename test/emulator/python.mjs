// The emulators' Python environment: made once under .venv, again when requirements.txt changes.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const requirements = fileURLToPath(new URL('requirements.txt', import.meta.url));
const venv = fileURLToPath(new URL('../../.venv', import.meta.url));

/** This machine cannot make the environment: a reason to skip, not a fault of ours. */
export class PythonMissing extends Error {}

/** Returns the environment's bin folder. */
export function ensurePython() {
  const bin = join(venv, 'bin');
  const stamp = join(venv, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return bin;
  rmSync(venv, { recursive: true, force: true });
  run('python3', ['-m', 'venv', venv], 'python3 with venv is not installed');
  const flags = ['--quiet', '--disable-pip-version-check', '--no-input'];
  run(join(bin, 'pip'), ['install', ...flags, '-r', requirements], 'the emulators cannot be installed with pip');
  writeFileSync(stamp, wanted);
  return bin;
}

function run(command, args, what) {
  const { status, error, stderr } = spawnSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  if (status === 0) return;
  const reason = error?.message ?? stderr.trim().split('\n').at(-1);
  throw new PythonMissing(`${what} (${reason})`);
}
