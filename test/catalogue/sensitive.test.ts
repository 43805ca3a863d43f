import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { actionsOf, describeAction } from '../../src/catalogue/actions.ts';
import {
  notSensitiveAiActions,
  sensitiveClasses,
  sensitiveGrounds,
  sensitivePermissions,
  sensitiveVersion,
  unclassifiedAiActions,
  watchedAiServices,
} from '../../src/catalogue/sensitive/index.ts';

/** Names that are no action of the catalogue, or are spelt in another way than AWS spells them. */
const misspelt = (names: readonly string[]): string[] => names.filter((name) => describeAction(name)?.name !== name);

test('a misspelt or retired action is noticed', () => {
  const wrong = ['iam:CreateAcessKey', 'iam:createAccessKey', 'sso:DeletePermissionsPolicy', 'iam', ''];
  expect(misspelt(['iam:PassRole', ...wrong])).toEqual(wrong);
});

test('every entry is an action of the catalogue', () => {
  expect(misspelt(sensitiveGrounds.map(({ action }) => action))).toEqual([]);
  expect(misspelt(notSensitiveAiActions)).toEqual([]);
});

test('an action stands once in a class, and once in the list', () => {
  const rows = sensitiveGrounds.map((row) => `${row.class} ${row.action}`);
  expect(rows.filter((row, place) => rows.indexOf(row) !== place)).toEqual([]);
  const actions = sensitivePermissions.map(({ action }) => action);
  expect(actions).toEqual([...new Set(actions)].sort());
});

test.each(sensitiveClasses)('$id has permissions and says what it means', ({ id, title, meaning }) => {
  expect(sensitivePermissions.filter(({ classes }) => classes.includes(id)).length).toBeGreaterThan(10);
  expect(title).toMatch(/^[A-Z]/);
  expect(meaning).toMatch(/^[A-Z].*\.$/);
});

test('every permission has a class and a reason of its own words', () => {
  const bare = sensitivePermissions.filter(
    ({ classes, reason }) => classes.length === 0 || !/^\S+ .{8,}[^.]$/.test(reason),
  );
  expect(bare).toEqual([]);
});

test('a permission of two classes carries both reasons', () => {
  expect(sensitivePermissions.find(({ action }) => action === 'iam:CreateAccessKey')).toEqual({
    action: 'iam:CreateAccessKey',
    classes: ['credential-exposure', 'privilege-escalation'],
    reason: 'a long-lived access key or password of any IAM user; a login as another user',
  });
});

// A new action of an AI service must be put into a class or into not-sensitive.ts.
test('every action of a watched AI service is classified, and not both ways', () => {
  expect(unclassifiedAiActions()).toEqual([]);
  const sensitive = new Set(sensitivePermissions.map(({ action }) => action));
  expect(notSensitiveAiActions.filter((action) => sensitive.has(action))).toEqual([]);
  const all = watchedAiServices.flatMap(actionsOf);
  expect(notSensitiveAiActions.length + all.filter(({ name }) => sensitive.has(name)).length).toBe(all.length);
});

// Figures count these pairs. Whoever changes an entry or its class raises `sensitiveVersion` and writes the new digest here.
test('the list is that of its version', () => {
  const entries = sensitivePermissions.map(({ action, classes }) => [action, classes]);
  const digest = createHash('sha256').update(JSON.stringify(entries)).digest('hex');
  expect({ version: sensitiveVersion, count: entries.length, digest }).toEqual({
    version: 1,
    count: 640,
    digest: 'd8e04b36353eb874dd40311e8def1a78f56db36fcebecf8f8465e7f737362b6b',
  });
});

test('the page says how many there are', () => {
  const page = readFileSync('docs/sensitive-permissions.md', 'utf8');
  expect(page).toContain(`version ${sensitiveVersion}: ${sensitivePermissions.length} permissions`);
  for (const { id } of sensitiveClasses) {
    const count = sensitivePermissions.filter(({ classes }) => classes.includes(id)).length;
    expect(page).toMatch(new RegExp(`\\| \`${id}\` \\|.*\\| ${count} \\|`));
  }
});
