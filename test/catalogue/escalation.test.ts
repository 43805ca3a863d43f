import { readdirSync, readFileSync } from 'node:fs';
import { describeAction } from '../../src/catalogue/actions.ts';
import { escalationSets } from '../../src/catalogue/escalation.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

test('ids are unique and kebab-case, and nothing is missing from a set', () => {
  const ids = escalationSets.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  for (const { title, path, needs, source } of escalationSets) {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(path).toMatch(/^[A-Z].*\.$/);
    expect(source).toMatch(/^(assay|pathfinding [a-z0-9]+-\d{3})$/);
    expect(needs.length).toBeGreaterThan(0);
    expect(new Set(needs).size).toBe(needs.length);
  }
});

test('every action of a set is an action of the catalogue', () => {
  const needs = escalationSets.flatMap((set) => set.needs);
  expect(needs.filter((action) => describeAction(action)?.name !== action)).toEqual([]);
});

describeWithSharedData('the sets against pathfinding.cloud', () => {
  /** The required permissions of one path, without a YAML parser: the block between two keys. */
  const required = (file: string): string[] => {
    const text = readFileSync(sharedData(`pathfinding-cloud/paths/${file}`), 'utf8');
    const [, block = ''] = /^ {2}required:\n((?: *- .*\n| {4}.*\n)*)/m.exec(`${text}\n`) ?? [];
    return [...block.matchAll(/permission: ["']?([\w-]+:\w+)/g)].map(([, action]) => action ?? '');
  };

  test('each of its paths is carried over, with the permissions it needs', () => {
    const files = readdirSync(sharedData('pathfinding-cloud/paths'), { recursive: true, encoding: 'utf8' });
    const theirs = files
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => [/([^/]+)\.yaml$/.exec(file)?.[1], required(file).sort()] as const);
    const ours = escalationSets.filter(({ id }) => !id.startsWith('assay-'));
    expect(theirs.length).toBe(65);
    expect(new Map(ours.map(({ id, needs }) => [id, [...needs].sort()]))).toEqual(new Map(theirs));
  });
});
