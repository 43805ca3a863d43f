#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

enableCompileCache(); // keeps the stripped sources: a warm start is twice as fast
const { runCommandLine } = await import('./program.ts');
// Whoever reads may stop reading (`assay … | head`): a night goes on, and what nobody reads is lost.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
const stop = new Promise<void>((resolve) => {
  process.once('SIGINT', () => {
    process.stderr.write('\nstopping when the calls under way are answered; Ctrl-C again stops at once\n');
    process.once('SIGINT', () => process.exit(130));
    resolve();
  });
});
process.exitCode = await runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  live: process.stderr.isTTY === true && process.env['TERM'] !== 'dumb',
  stop,
  env: process.env,
});
