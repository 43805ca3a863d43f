import { isSelected } from '../../src/pipeline/plan.ts';
import { account, denied, read } from '../support/facts.ts';

const entry = { account, name: null, state: 'ACTIVE', ou: ['ou-a1b2-11111111'] };
const all = { accounts: [], skip: [], ous: [] };
const tagged = { [account]: read({ env: 'prod', team: 'a=b' }) };

test.each([
  { name: 'nothing chosen', selection: all, chosen: true },
  { name: 'a tag it carries', selection: { ...all, tags: ['env=prod'] }, chosen: true },
  { name: 'a tag with another value', selection: { ...all, tags: ['env=test'] }, chosen: false },
  { name: 'of one key any value', selection: { ...all, tags: ['env=test', 'env=prod'] }, chosen: true },
  { name: 'of several keys all', selection: { ...all, tags: ['env=prod', 'team=c'] }, chosen: false },
  { name: 'a value with an equals sign', selection: { ...all, tags: ['team=a=b'] }, chosen: true },
  { name: 'its state', selection: { ...all, states: ['ACTIVE'] }, chosen: true },
  { name: 'another state', selection: { ...all, states: ['PENDING_ACTIVATION'] }, chosen: false },
  { name: 'its id, but not its tag', selection: { ...all, accounts: [account], tags: ['env=test'] }, chosen: false },
  { name: 'its OU and its tag', selection: { ...all, ous: entry.ou, tags: ['env=prod'] }, chosen: true },
  { name: 'its tag, and skipped', selection: { ...all, skip: [account], tags: ['env=prod'] }, chosen: false },
])('$name: chosen is $chosen', ({ selection, chosen }) => {
  expect(isSelected(entry, selection, tagged)).toBe(chosen);
});

test('an account whose tags nobody could read may carry any: it is not left out', () => {
  const selection = { ...all, tags: ['env=prod'] };
  expect([{}, { [account]: denied }].map((tags) => isSelected(entry, selection, tags))).toEqual([true, true]);
});
