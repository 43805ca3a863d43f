// Runs a bundled function in a process of its own, as Lambda does: payload on stdin, result (or the error) as the last line of stdout.
import { text } from 'node:stream/consumers';

const { handler } = await import(process.argv[2]);
try {
  const result = await handler(JSON.parse(await text(process.stdin)));
  process.stdout.write(`\n${JSON.stringify({ result: result ?? null })}`);
} catch (error) {
  process.stdout.write(`\n${JSON.stringify({ error: { name: error.name, message: error.message } })}`);
}
