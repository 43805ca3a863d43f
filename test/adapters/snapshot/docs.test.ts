import { readFileSync } from 'node:fs';
import { placementOf } from '../../../src/adapters/files/snapshot/layout.ts';
import { one } from './folder.ts';

const page = readFileSync('docs/snapshots.md', 'utf8');
const layout = /## Folders\n\n```\n(?<paths>[^`]*)```/.exec(page)?.groups?.['paths']?.trim().split('\n') ?? [];

test('the page shows a layout', () => expect(layout.length).toBeGreaterThan(5));

test.each(layout)('the page shows a path that is accepted: %s', (shown) => {
  const path = shown.replace('<12-digit account>', one).replace('<region>', 'eu-west-1');
  expect(placementOf({ path, location: path }).operation).toMatch(/^\w+:\w+$/);
});
