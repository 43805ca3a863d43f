#!/usr/bin/env node
// Where a command line starts. Plain JavaScript, so that the compile cache is on before anything whose types must be stripped is loaded: what
// is stripped once is kept, and the stripper itself (18 MB) is loaded only where a file is new or was changed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const made = ['../../node_modules/commander', '../catalogue/generated/actions.js', '../reports/generated/templates.js'];
const ready = made.every((it) => existsSync(here(it)));

if (!ready) {
  process.stderr.write(
    'assay: not set up yet: `npm run -s assay -- --help` in the checkout does that, and starts it\n',
  );
  process.exitCode = 64;
} else if (process.features.typescript) {
  module.enableCompileCache();
  // Our own imports name their files: no need to look at the disk for what else they could mean. A tenth of a second over six hundred files.
  module.registerHooks({
    resolve: (specifier, context, next) =>
      specifier.startsWith('.') && specifier.endsWith('.ts')
        ? { url: new URL(specifier, context.parentURL).href, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  });
  await import('./main.ts');
} else {
  // An older Node: the package brings the one it is written for.
  const own = here('../../node_modules/node/bin/node');
  const { status } = spawnSync(own, [here('./assay.mjs'), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 70;
}
