// Installs the locked dependencies when they are missing or older than the lock file, and makes what is made
// of them: the action catalogue and the compiled templates.
// Runs under whichever Node the user has; must stay plain JavaScript.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ensureCatalogue } from './catalogue.mjs';
import { ensureTemplates } from './templates.mjs';

const root = new URL('../', import.meta.url);
const stamp = new URL('node_modules/.lock-sha256', root);
const wanted = createHash('sha256')
  .update(readFileSync(new URL('package-lock.json', root)))
  .digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  process.stderr.write('Installing dependencies (first run, or the lock file changed)…\n');
  const install = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (install.status !== 0) process.exit(install.status ?? 1);
  writeFileSync(stamp, wanted);
}
ensureCatalogue();
ensureTemplates();
