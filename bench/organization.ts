// Measures one night of a large organisation: `node bench/organization.ts [accounts] [identities]`. The organisation is simulated
// in the same process; what it takes itself is told apart. Prints the peak memory after each state, and ends 1 where the night takes
// more than 500 MB beside the organisation.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildOrganization } from '../src/simulator/build.ts';
import { many, simulatedNight, simulatedWorld } from './simulated-night.ts';

const [accounts = 1_000, identities = 100] = process.argv.slice(2).map(Number);
const limit = 500 * 2 ** 20;
const clock = '2026-09-30T02:00:00Z';
const administrator = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['iam:*', 's3:*'], Resource: '*' }],
};

/** A third of them users; every twentieth role an administrator. */
const account = (at: number) => ({
  id: String(200_000_000_000 + at),
  name: `account-${at}`,
  users: many(Math.floor(identities / 3), (user) => ({
    name: `user-${user}`,
    created: 900,
    password: user % 3 === 0 ? 20 : 200,
  })),
  roles: many(Math.ceil((identities * 2) / 3), (role) => ({
    name: `role-${role}`,
    created: 900,
    used: role % 10 === 0 ? 5 : 300,
    ...(role % 20 === 0 ? { inline: { administrator } } : {}),
  })),
});

const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
const folder = mkdtempSync(join(tmpdir(), 'assay-organization-'));
process.env['XDG_CONFIG_HOME'] = join(folder, 'config');
try {
  const organization = buildOrganization({ clock, accounts: many(accounts, account) });
  const dependencies = await simulatedWorld(join(folder, 'archive'), organization, ['html']);
  const before = process.memoryUsage().rss;
  process.stdout.write(`${accounts} accounts of ${identities} identities: ${megabytes(before)}\n`);
  const started = performance.now();
  const told = (): string => `${((performance.now() - started) / 1_000).toFixed(0)} s`;
  const outcome = await simulatedNight(dependencies, clock, (event) => {
    if (event.kind === 'state-failed') process.stdout.write(`${event.path}: ${event.error} ${event.cause}\n`);
    if (event.kind !== 'state-exited' || event.path.includes('[')) return;
    const peak = process.resourceUsage().maxRSS * 1_024;
    process.stdout.write(`${told()}, ${event.path}: peak so far ${megabytes(peak)}\n`);
  });
  const peak = process.resourceUsage().maxRSS * 1_024 - before;
  const met = outcome.status === 'sealed' && peak < limit;
  process.stdout.write(
    `${outcome.status} after ${told()}, peak ${megabytes(peak)} beside the organisation; ${met ? 'met' : 'MISSED'}\n`,
  );
  if (!met) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
