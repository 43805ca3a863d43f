import type { AccountFacts, CredentialReportRow, ServiceCredential } from '../../src/domain/facts.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { stalenessOf } from '../../src/judge/staleness.ts';
import {
  clock,
  credential,
  denied,
  factsWith,
  long,
  read,
  recent,
  report,
  reportRow,
  user,
  window,
} from '../support/facts.ts';

const before = '2026-01-01T00:00:00Z';
const future = '2027-01-01T00:00:00Z';
const { arn } = user('u');

interface Parts {
  readonly rows?: Reading<readonly Partial<CredentialReportRow>[]>;
  readonly holds?: Reading<readonly Partial<ServiceCredential>[]>;
  readonly accessed?: AccountFacts['lastAccessed'][string];
}

const facts = ({ rows = read([{}]), holds = read([]), accessed }: Parts): AccountFacts =>
  factsWith({
    credentialReport:
      rows.kind === 'unknown'
        ? rows
        : read({ generated: clock, users: rows.value.map((row) => reportRow('u', row)), root: null }),
    serviceCredentials: {
      byService: {
        'bedrock.amazonaws.com':
          holds.kind === 'unknown'
            ? holds
            : read(holds.value.map((it, nr) => credential('u', { id: `A${nr}`, ...it }))),
      },
      byUser: {},
    },
    lastAccessed: accessed === undefined ? {} : { [arn]: accessed },
  });

const password = (passwordLastUsed: string | null, passwordChanged: string | null = long) =>
  read([{ passwordEnabled: true, passwordLastUsed, passwordChanged }]);
const keyRow = (...lastUsed: readonly (string | null)[]) => ({
  accessKeys: lastUsed.map((it) => ({ active: true, lastUsed: it, rotated: long })),
});
const keys = (...lastUsed: readonly (string | null)[]) => read([keyRow(...lastUsed)]);
const key = (lastUsed: string | null, rotated: string | null, active = true) =>
  read([{ accessKeys: [{ active, lastUsed, rotated }] }]);
const uses = (services: Readonly<Record<string, string | null>>) => read(report(services));

test.each<Parts & { name: string; staleness: string }>([
  { name: 'no credential', staleness: 'none' },
  { name: 'a disabled password', rows: read([{ passwordLastUsed: before, passwordChanged: long }]), staleness: 'none' },
  { name: 'a password used in the window', rows: password(recent), staleness: 'fresh' },
  { name: 'a password used before it', rows: password(before, recent), staleness: 'stale' },
  { name: 'an old password that nobody used', rows: password(null), staleness: 'stale' },
  { name: 'a new password that nobody used', rows: password(null, recent), staleness: 'fresh' },
  { name: 'a password that nobody used, made nobody knows when', rows: password(null, null), staleness: 'unread' },
  { name: 'a password used in the future', rows: password(future), staleness: 'unread' },
  { name: 'a key made in the future', rows: key(null, future), staleness: 'unread' },
  { name: 'an inactive old key', rows: key(before, long, false), staleness: 'none' },
  { name: 'one fresh and one stale key', rows: keys(recent, before), staleness: 'stale' },
  { name: 'a fresh and a never used key', rows: keys(recent, null), staleness: 'stale' },
  {
    name: 'two rows, the later use in one of them',
    rows: read([keyRow(before), keyRow(recent)]),
    staleness: 'fresh',
  },
  { name: 'the report refused', rows: denied, staleness: 'unread' },
  { name: 'a report that does not know the user', rows: read([]), staleness: 'unread' },
  { name: 'the listing refused beside a fresh password', rows: password(recent), holds: denied, staleness: 'unread' },
  { name: 'the listing refused beside a stale password', rows: password(before), holds: denied, staleness: 'stale' },
  { name: 'only an AI key, used', holds: read([{}]), accessed: uses({ bedrock: recent }), staleness: 'fresh' },
  {
    name: 'only a Bedrock key, used on Mantle',
    holds: read([{}]),
    accessed: uses({ bedrock: before, 'bedrock-mantle': recent }),
    staleness: 'fresh',
  },
  {
    name: 'only an AI key, used before the window',
    holds: read([{}]),
    accessed: uses({ bedrock: before }),
    staleness: 'stale',
  },
  {
    name: 'only an AI key, another service used',
    holds: read([{}]),
    accessed: uses({ s3: recent, bedrock: null }),
    staleness: 'stale',
  },
  {
    name: 'only an AI key of a service that the policies do not allow',
    holds: read([{}]),
    accessed: uses({}),
    staleness: 'stale',
  },
  { name: 'only a new AI key, not used', holds: read([{ created: recent }]), accessed: uses({}), staleness: 'fresh' },
  { name: 'an expired AI key', holds: read([{ expires: before }]), accessed: uses({}), staleness: 'none' },
  { name: 'an inactive AI key', holds: read([{ status: 'Inactive' }]), accessed: uses({}), staleness: 'none' },
  {
    name: 'an AI key with a use that cannot be',
    holds: read([{}]),
    accessed: uses({ bedrock: future }),
    staleness: 'unread',
  },
  { name: 'an AI key, the last-accessed report refused', holds: read([{}]), accessed: denied, staleness: 'unread' },
  { name: 'an AI key, about whose user nobody asked', holds: read([{}]), staleness: 'unread' },
  {
    name: 'an AI key used, beside a fresh password',
    rows: password(recent),
    holds: read([{}]),
    accessed: uses({ bedrock: recent }),
    staleness: 'untrackable',
  },
  {
    name: 'two AI keys, one of them used',
    holds: read([{}, {}]),
    accessed: uses({ bedrock: recent }),
    staleness: 'untrackable',
  },
  {
    name: 'an AI key used, beside an expired one',
    holds: read([{}, { expires: before }]),
    accessed: uses({ bedrock: recent }),
    staleness: 'fresh',
  },
  {
    name: 'an AI key not used, beside a fresh password',
    rows: password(recent),
    holds: read([{}]),
    accessed: uses({ bedrock: before }),
    staleness: 'stale',
  },
  {
    name: 'an AI key used, the credential report refused',
    rows: denied,
    holds: read([{}]),
    accessed: uses({ bedrock: recent }),
    staleness: 'unread',
  },
])('a user with $name: $staleness', ({ staleness, ...parts }) => {
  expect(stalenessOf({ name: 'u', arn }, facts(parts), window)).toBe(staleness);
});
