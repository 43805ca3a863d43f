import { existsSync, readFileSync } from 'node:fs';
import { generated } from '../scripts/generate.ts';

test.each([...generated().keys()])('%s is what the sources say: run `npm run generate`', (path) => {
  expect(existsSync(path) ? readFileSync(path, 'utf8') : null).toBe(generated().get(path));
});

// The seal, the summary and the transcript are contracts with archives that exist: a change needs a new schema id.
test.each([
  { file: 'docs/schemas/seal.json', required: 19 },
  { file: 'docs/schemas/summary.json', required: 10 },
  { file: 'docs/schemas/transcript.json', required: 3 },
])('$file is closed: nothing unknown passes', ({ file, required }) => {
  const schema = JSON.parse(readFileSync(file, 'utf8'));
  expect(schema.additionalProperties).toBe(false);
  expect(schema.required).toHaveLength(required);
});
