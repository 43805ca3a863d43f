// Before the tests: makes the action catalogue and the compiled templates where they are missing, so that jest by itself runs on a fresh clone, and unpacks the browser: tests see a copy of the environment, so the TMPDIR that the unpacking needs does not reach it there.
import { spawnSync } from 'node:child_process';
import { ensureCatalogue } from '../../scripts/catalogue.mjs';
import { ensureTemplates } from '../../scripts/templates.mjs';

const script =
  "import('./src/adapters/pdf/browser.ts').then(({ startBrowser }) => startBrowser({})).then((browser) => browser.close())";

export default function setUp() {
  ensureCatalogue();
  ensureTemplates();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  if (status !== 0) process.stderr.write(`no browser for the tests that print: ${stderr}\n`);
}
