// Starts moto (organisation, IAM, CloudTrail, STS, Step Functions) and MiniStack (S3, KMS) on free ports of this machine.
import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const logs = fileURLToPath(new URL('../../.logs', import.meta.url));
const motoServer = fileURLToPath(new URL('moto_server.py', import.meta.url));

/** The account that unknown access keys belong to: moto's default. (MOTO_ACCOUNT_ID must stay unset: it pins every caller to one account.) */
const managementAccount = '123456789012';

/** Ports: of the front door, which each suite opens for itself, of moto, of MiniStack. */
export async function startEmulators(bin) {
  const ports = [await freePort(), await freePort(), await freePort()];
  const [front, moto, mini] = ports.map(String);
  mkdirSync(logs, { recursive: true });
  const children = [
    // MOTO_PORT is the port moto's engine calls back to: the front door, so that Lambda tasks reach our handlers.
    start('moto', join(bin, 'python'), [motoServer, '-H', '127.0.0.1', '-p', moto], { MOTO_PORT: front }),
    start('ministack', join(bin, 'ministack'), [], {
      GATEWAY_PORT: mini,
      BIND_HOST: '127.0.0.1',
      MINISTACK_ACCOUNT_ID: managementAccount,
    }),
  ];
  const stop = () => Promise.all(children.map(ended));
  try {
    const [one, two] = children;
    await Promise.all([
      answers(`http://127.0.0.1:${moto}/moto-api/data.json`, one),
      answers(`http://127.0.0.1:${mini}/_ministack/health`, two),
    ]);
    const config = JSON.stringify({ stepfunctions: { execute_state_machine: true } }); // without it executions stay RUNNING
    await fetch(`http://127.0.0.1:${moto}/moto-api/config`, { method: 'POST', body: config });
    return { ports, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function start(name, command, args, env) {
  const file = openSync(join(logs, `${name}.log`), 'w');
  return spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', file, file] });
}

/** Ends a child we started; at once where it does not listen. */
function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const hard = setTimeout(() => child.kill('SIGKILL'), 5_000);
  return new Promise((done) => {
    child.once('exit', () => {
      clearTimeout(hard);
      done();
    });
    child.kill('SIGTERM');
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Waits for a server; one that has exited is an error even if another process answers there. */
async function answers(url, child) {
  for (let tries = 0; tries < 300; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (child.exitCode !== null)
      throw new Error(`the emulator for ${url} ended with exit code ${child.exitCode}: see .logs`);
    const up = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
  }
  throw new Error(`no answer from ${url} within 30 s: see .logs`);
}
