// Measures one account of many roles: `node bench/large-account.ts [roles] [administrators]`. Prints calls per role and peak memory, and
// ends 1 where a report was asked for more than once or the memory passes the limit.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { newFolder, nodeProgram, once } from './measure.ts';

const limitMegabytes = 300;
const [roles = '2000', administrators = '200'] = process.argv.slice(2);

const server = spawn(
  process.execPath,
  [fileURLToPath(new URL('large-account-server.ts', import.meta.url)), roles, administrators],
  { stdio: ['pipe', 'pipe', 'inherit'] },
);
const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
const port = String((await lines.next()).value);
const night = once(nodeProgram('large-account-night.ts', [port, newFolder]));
server.stdin.end();
const counts = JSON.parse(String((await lines.next()).value)) as [string, number][];
const of = (what: string): number[] => counts.flatMap(([key, number]) => (key.startsWith(what) ? [number] : []));
const actions = of('GenerateServiceLastAccessedDetails ACTION_LEVEL');
const services = of('GenerateServiceLastAccessedDetails SERVICE_LEVEL');
const reports = of('GetServiceLastAccessedDetails');
const most = Math.max(...actions, ...services, ...reports);
process.stdout.write(
  `${night.out.trim()}: ${roles} roles, ${actions.length} asked action by action, ${services.length} by service, ${reports.length} reports read, ` +
    `at most ${most} of each a role; ${night.seconds.toFixed(1)} s, peak ${night.megabytes.toFixed(0)} MB\n`,
);
const whole = actions.length + services.length === Number(roles) && reports.length === Number(roles);
process.exitCode = whole && most === 1 && night.megabytes < limitMegabytes ? 0 : 1;
