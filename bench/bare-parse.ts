// The least that anything must do with a file of cases: reads its lines as `assay evaluate` does, and parses each. Nothing else.
import { linesOf } from '../src/adapters/files/text-lines.ts';

const [file = ''] = process.argv.slice(2);
let cases = 0;
for await (const lines of linesOf(file))
  for (const line of lines) {
    JSON.parse(line);
    cases++;
  }
process.stdout.write(`${JSON.stringify({ cases })}\n`);
