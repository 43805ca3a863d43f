import type { KeyHolderRow, KeyPowerRow } from '../../src/domain/tables.ts';
import { adviceOn, keyView, phantomView, powerView } from '../../src/reports/keys.ts';
import { night, noRows } from './support/night.ts';
import { accountRow, credentialRow, guardrailRow, identityRow } from './support/rows.ts';
import { firstPage, wordsOf } from './support/templates.ts';

const [one, two] = ['200000000001', '200000000002'];
const none = { password: false, accessKeys: 0, accessKeysInactive: 0, sshKeys: 0, certificates: 0 };
const holderRow = (user: string, given: Partial<KeyHolderRow> = {}): KeyHolderRow => ({
  id: `${one}/${user}`,
  account: one,
  user,
  arn: `arn:aws:iam::${one}:user/${user}`,
  created: '2026-03-14T10:00:00Z',
  phantom: true,
  state: 'orphaned',
  unread: null,
  credentials: 0,
  live: 0,
  owner: null,
  others: none,
  gained: 'no',
  consolePolicies: [],
  otherPolicies: [],
  ...given,
});
const denial = { code: 'ACCESS_DENIED', action: 'iam:ListServiceSpecificCredentials' };

describe('only a phantom user of which everything was read, and nothing is left, may be deleted unseen', () => {
  test.each<{ name: string; given: Partial<KeyHolderRow>; advice: RegExp }>([
    { name: 'orphaned, nothing else', given: {}, advice: /^Nothing is left of its key: delete the user/ },
    {
      name: 'listing refused',
      given: { state: 'not-measured', unread: denial },
      advice: /^Do not delete it: .*may not call/,
    },
    {
      name: 'orphaned with a password',
      given: { gained: 'yes', others: { ...none, password: true } },
      advice: /^Somebody gave/,
    },
    {
      name: 'orphaned, report refused',
      given: { gained: 'not-measured', others: { ...none, password: null, accessKeys: null } },
      advice: /^Look at its other credentials first/,
    },
    { name: 'orphaned, SSH keys refused', given: { others: { ...none, sshKeys: null } }, advice: /^Look at its other/ },
    { name: 'expired', given: { state: 'expired-only' }, advice: /^Delete its expired keys/ },
    { name: 'inactive', given: { state: 'inactive-only' }, advice: /^An inactive key can be turned on again/ },
    { name: 'live', given: { state: 'live-key' }, advice: /^Move its work to a role/ },
  ])('$name', ({ given, advice }) => {
    expect(adviceOn(holderRow('AeaApiKey-1', given))).toMatch(advice);
  });
});

test.each([
  { lastUse: { state: 'used', at: '2026-09-01T00:00:00Z', sole: true }, words: ['2026-09-01', null] },
  {
    lastUse: { state: 'used', at: '2026-09-01T00:00:00Z', sole: false },
    words: ['2026-09-01', 'or by another credential of the user'],
  },
  {
    lastUse: { state: 'used', at: '2026-09-01T00:00:00Z', sole: null },
    words: ['2026-09-01', 'whether by this one is not known'],
  },
  { lastUse: { state: 'none', at: null, sole: true }, words: ['none on record', null] },
  { lastUse: { state: 'not-measured', at: null, sole: null }, words: ['not measured', null] },
] as const)('last access of a key, $lastUse.state', ({ lastUse, words }) => {
  const { lastUse: told, whose } = keyView(credentialRow(one, 'mara', { lastUse }), null, null);
  expect([told, whose]).toEqual(words);
});

test('what is not known of a holder is said, never left out as none', () => {
  const others = { password: null, accessKeys: null, accessKeysInactive: null, sshKeys: null, certificates: null };
  const dark = holderRow('AeaApiKey-1', { others, consolePolicies: null, otherPolicies: null });
  const view = phantomView(dark, null);
  expect(view.others).toMatch(/^Password not measured, access keys not measured, SSH keys not measured/);
  expect(view.policies).toBe('not measured');
  expect(phantomView(holderRow('AeaApiKey-1'), null)).toMatchObject({ others: 'none', policies: 'none' });
});

test.each([
  { make: 'allowed', words: 'Claude Platform' },
  { make: 'conditional', words: 'Claude Platform (under conditions)' },
  { make: 'unread', words: 'Claude Platform (unread)' },
  { make: 'denied', words: '–' },
] as const)('a power that is $make', ({ make, words }) => {
  const row: KeyPowerRow = {
    id: 'a',
    account: one,
    arn: `arn:aws:iam::${one}:role/r`,
    kind: 'role',
    make: { 'aws-external-anthropic': make, bedrock: 'denied' },
    call: { 'aws-external-anthropic': 'denied', bedrock: 'denied', 'bedrock-mantle': 'denied' },
  };
  expect(powerView(row, null)).toMatchObject({ make: words, call: '–' });
});

test('live keys by account: those that no guardrail denies, an account not read in full says "at least"', async () => {
  const figures = [
    {
      id: 'credential.ai-key-user-rate',
      basis: 'effective',
      kind: 'all',
      class: null,
      population: 'enumerated',
      numerator: 1,
      denominator: 1,
      untrackable: 0,
      unread: 1,
      excepted: 0,
    },
  ] as const;
  const input = night({
    ...noRows,
    accounts: [
      accountRow(one, { name: 'open' }),
      accountRow(two, { name: 'fenced', status: 'partial', figures: [...figures] }),
    ],
    identities: [identityRow(one, 'mara', { kind: 'user' }), identityRow(two, 'nils', { kind: 'user' })],
    credentials: [
      credentialRow(one, 'mara', { use: 'open' }),
      credentialRow(one, 'mara', { use: 'open', credentialId: 'second', live: false, status: 'Inactive' }),
      credentialRow(two, 'nils', { use: 'denied' }),
    ],
    guardrails: [
      guardrailRow(one, 'no-long-term-ai-key-use', { grade: 'absent' }),
      guardrailRow(two, 'no-long-term-ai-key-use', { grade: 'enforced' }),
    ],
  });
  const words = wordsOf(await firstPage('team', input));
  expect(words).toContain(`open ${one} 1 1 not enforced`);
  expect(words).toContain(`fenced ${two} at least 1 at least 0 enforced`);
});
