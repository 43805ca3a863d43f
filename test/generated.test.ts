import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { generated } from '../scripts/generate.ts';

test.each([...generated().keys()])('%s is what the sources say: run `npm run generate`', (path) => {
  expect(existsSync(path) ? readFileSync(path, 'utf8') : null).toBe(generated().get(path));
});

// Contracts with archives that exist. A change of one of these texts needs a new schema id (`assay/seal/2`), a reader for the old one, and
// then its new digest here. The summary is `assay/summary/2`: it names the list of sensitive permissions (`sensitive`)
// and counts AI keys whose use no guardrail denies to their user, and phantom users by state, and holds
// findings and controls; agent identities, who can change what they do, and workspaces (`agents`);
// where the three practices stand; what of the findings is excepted, and the exceptions (`excepted`, `exceptions`), and
// where each figure stands with them;
// requirements of frameworks with result, rate and accounts, and why one cannot pass (`requirements`);
// what to do and what it does to the figures (`actions`; `delete-phantom-user` is a kind of its own); what opens accounts that are not measured in full (`completeness.openings`).
test.each([
  { name: 'seal', digest: 'ce2784b609d6a2ac92e6d4c5f92b1bc4933a7b039dc0bf8d438487b02bf1191a' },
  { name: 'week', digest: 'a0d7d2519833db53807e8957033a4eb4e189d900b148aa7c05286c8fc0674094' },
  { name: 'summary', digest: '3f8cf8b720bd930a754f8401028c5ad802d3cb16b763fe4cbbed5ba83e6ae3fc' },
  { name: 'transcript', digest: '60d36031ee2eadd15c6c956777b13c243b693aa1ed1c9b2d4a31acd48ddc773a' },
])('the schema of the $name is frozen and closed', ({ name, digest }) => {
  const text = readFileSync(`docs/schemas/${name}.json`, 'utf8');
  expect(createHash('sha256').update(text).digest('hex')).toBe(digest);
  expect(JSON.parse(text).additionalProperties).toBe(false);
});
