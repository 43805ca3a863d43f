// The account of `large-account.ts`, in a process of its own: prints its port, and at the end of its input the calls by kind and role.
import { startAnswerServer } from '../test/support/answer-server.ts';

const [roles = 2_000, administrators = 200] = process.argv.slice(2).map(Number);
const counts = new Map<string, number>();
const server = await startAnswerServer({ roles, administrators }, ({ operation, input, role, inProgress }) => {
  if (role === null || inProgress || input['Marker'] !== undefined) return; // polls and further pages
  const what = `${operation} ${input['Granularity'] ?? ''} ${role}`;
  counts.set(what, (counts.get(what) ?? 0) + 1);
});
process.stdout.write(`${server.port}\n`);
process.stdin.resume().once('end', async () => {
  process.stdout.write(`${JSON.stringify([...counts])}\n`);
  await server.close();
});
