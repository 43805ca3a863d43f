import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import { decodeLines } from '../../src/transcripts/lines.ts';
import { account, type ServedCall, startAnswerServer } from '../support/answer-server.ts';

const program = join(import.meta.dirname, '../../src/cli/main.ts');
const scratch = (): string => mkdtempSync(join(tmpdir(), 'assay-killed-'));
const home = scratch();

interface Child {
  readonly ended: Promise<{ readonly code: number | null; readonly err: string }>;
  kill(): void;
}

/** `assay run` against an answer server, as a process of its own. */
function assayRun(port: number, root: string, ...more: string[]): Child {
  const child = spawn(process.execPath, [program, 'run', '--output-dir', root, '--format', 'html', ...more], {
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      XDG_CONFIG_HOME: home, // one sealing key for all
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'x',
      AWS_REGION: 'us-east-1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  return {
    ended: new Promise((done) => child.once('close', (code) => done({ code, err }))),
    kill: () => child.kill('SIGKILL'),
  };
}

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

/** Every result of a night, by file. */
const results = (root: string): Map<string, string> =>
  new Map(
    filesUnder(join(root, 'results')).map((file) => {
      const bytes = readFileSync(file);
      return [file.slice(root.length), (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()];
    }),
  );

/** The answers that a killed run left behind. */
async function storedLines(root: string): Promise<TranscriptLine[]> {
  const lines: TranscriptLine[] = [];
  for (const file of filesUnder(join(root, 'work')).filter((it) => it.includes('/partial/')))
    for await (const { line } of decodeLines<{ line: TranscriptLine }>(readFileSync(file))) lines.push(line);
  return lines;
}

const clock = ['--clock', '2026-09-30T06:00:00Z'];
const size = { roles: 30, administrators: 1 }; // reports are asked for 25 at a time

test('a run that is killed leaves answers behind; taken up again it asks for none of them, and comes to the same results', async () => {
  const whole = scratch();
  const first = await startAnswerServer(size);
  const once = assayRun(first.port, whole, ...clock);

  const root = scratch();
  const isReport = ({ operation, inProgress }: ServedCall) =>
    operation === 'GetServiceLastAccessedDetails' && !inProgress;
  let child: Child | undefined;
  let [killedAt, reports] = [-1, 0];
  const second = await startAnswerServer(size, (call, number) => {
    if (isReport(call)) reports += 1;
    if (reports < 27 || killedAt >= 0) return;
    killedAt = number;
    child?.kill();
  });
  child = assayRun(second.port, root, ...clock);
  expect((await child.ended).code).toBeNull(); // killed
  const stored = await storedLines(root);
  expect(stored.length).toBeGreaterThan(20);

  const resumed = await assayRun(second.port, root, '--resume').ended;
  expect([(await once.ended).code, resumed.code]).toEqual([2, 2]);
  await Promise.all([first.close(), second.close()]);

  expect(results(root)).toEqual(results(whole));
  const answered = stored.filter(({ error }) => error === undefined);
  const finished = new Set(
    answered.flatMap(({ operation, input, output }) =>
      operation === 'iam:GetServiceLastAccessedDetails' && (output as { JobStatus: string }).JobStatus === 'COMPLETED'
        ? [String(input['JobId'])]
        : [],
    ),
  );
  const roles = new Set(second.calls.flatMap(({ input, role }) => (finished.has(input['JobId'] ?? '') ? [role] : [])));
  expect(roles.size).toBeGreaterThan(5);
  const asked = second.calls.slice(killedAt);
  expect(asked.filter(({ role }) => role !== null && roles.has(role))).toEqual([]);
  const operations = new Set(asked.map(({ operation }) => operation));
  for (const once of ['GetAccountAuthorizationDetails', 'GetCredentialReport', 'ListServiceSpecificCredentials'])
    expect(operations).not.toContain(once);
}, 240_000);
