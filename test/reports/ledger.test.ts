import type { CredentialRow } from '../../src/domain/tables.ts';
import { first, newLedger } from '../../src/reports/team/ledger.ts';

const key = (credentialId: string, more: Partial<CredentialRow>): CredentialRow => ({
  id: credentialId,
  account: '111111111111',
  user: 'u',
  service: 'bedrock.amazonaws.com',
  credentialId,
  status: 'Active',
  created: '2026-01-01T00:00:00Z',
  expires: null,
  phantom: false,
  ai: true,
  live: true,
  ageDays: 100,
  lastUse: { state: 'none', at: null, sole: true },
  use: 'open',
  ...more,
});

test('keys come live before dead, never expiring before expiring, oldest first', () => {
  const { keys } = newLedger().keys;
  const rows = [
    key('dead', { live: false, status: 'Inactive' }),
    key('ends', { expires: '2027-01-01T00:00:00Z', created: '2020-01-01T00:00:00Z' }),
    key('young', {}),
    key('old', { created: '2021-01-01T00:00:00Z' }),
  ];
  keys.items.push(...rows.map((row) => ({ row, holder: null })));
  expect(first(keys).map(({ row }) => row.credentialId)).toEqual(['old', 'young', 'ends', 'dead']);
});
