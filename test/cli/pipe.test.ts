import { spawn } from 'node:child_process';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../src/cli');

/** Runs a program, closes its standard output at once, and gives how it ended. */
async function unread(program: string): Promise<{ code: number | null; err: string }> {
  const child = spawn(process.execPath, [join(folder, program), '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((done) => child.once('close', (code) => done({ code, err })));
}

test.each(['main.ts', 'assay.mjs'])(
  '%s: a reader that goes away is no error',
  async (program) => {
    expect(await unread(program)).toEqual({ code: 0, err: '' });
  },
  60_000,
);
