import type { AccountFacts } from '../../src/domain/facts.ts';
import type { PlannedAccount } from '../../src/domain/night.ts';
import { unknown } from '../../src/domain/reading.ts';
import { judgeAccount } from '../../src/judge/account.ts';
import {
  account,
  clock,
  credential,
  factsWith,
  noShared,
  read,
  report,
  reportRow,
  role,
  special,
  user,
  window,
} from '../support/facts.ts';

const planned: PlannedAccount = {
  account,
  name: null,
  ou: [],
  state: 'ACTIVE',
  action: 'collect',
  reason: null,
  role: null,
  lastPopulation: null,
};
const operation = 'iam:GenerateServiceLastAccessedDetails';
const place = { region: 'global', operation };
const absent = unknown({ code: 'NOT_IN_SNAPSHOT', operation }, place);
const refused = unknown({ code: 'ACCESS_DENIED', action: operation }, place);
const roles = Array.from({ length: 50 }, (_, index) => role(`r${index}`, null));

/** An account of one user, who holds a Bedrock key or nothing, and fifty roles. */
const facts = (holds: boolean, lastAccessed: (arn: string) => AccountFacts['lastAccessed'][string]): AccountFacts =>
  factsWith({
    authorization: { users: read([user('u')]), groups: read([]), roles: read(roles), policies: read([]) },
    credentialReport: read({ generated: clock, users: [reportRow('u')], root: null }),
    serviceCredentials: {
      byService: {
        'bedrock.amazonaws.com': read(holds ? [credential('u')] : []),
        'aws-external-anthropic.amazonaws.com': read([]),
      },
      byUser: {},
    },
    lastAccessed: Object.fromEntries([user('u'), ...roles].map(({ arn }) => [arn, lastAccessed(arn)])),
  });

const judged = (it: AccountFacts) =>
  judgeAccount(it, noShared, planned, { account, attempt: 1, evidence: [] }, { window, special, metrics: [] });
const gapsOf = (it: AccountFacts) => judged(it).gaps.map(({ collector, gap }) => `${collector} ${gap.code}`);

test('one reason for all identities is one gap; another reason is another', () => {
  expect(gapsOf(facts(true, () => absent))).toEqual(['last-accessed NOT_IN_SNAPSHOT']);
  const mixed = facts(true, (arn) => (arn.endsWith('r7') ? refused : absent));
  expect(gapsOf(mixed).sort()).toEqual(['last-accessed ACCESS_DENIED', 'last-accessed NOT_IN_SNAPSHOT']);
});

test.each([
  { name: 'a user who holds a key needs it and it was refused', holds: true, unread: 'u', status: 'partial' },
  { name: 'a role has its RoleLastUsed', holds: true, unread: 'r7', status: 'measured' },
  { name: 'a user who holds nothing has the credential report', holds: false, unread: 'u', status: 'measured' },
])('$name: the account is $status, and the gap is named', ({ holds, unread, status }) => {
  const it = facts(holds, (arn) => (arn.endsWith(`/${unread}`) ? refused : read(report({ bedrock: null }))));
  expect(judged(it).row.status).toBe(status);
  expect(gapsOf(it)).toEqual(['last-accessed ACCESS_DENIED']);
});

test('a date that cannot be is a gap of the call that gave it', () => {
  const it = facts(true, () => read(report({ bedrock: '2027-01-01T00:00:00Z' })));
  expect(judged(it).gaps).toMatchObject([
    {
      operation: 'iam:GetServiceLastAccessedDetails',
      gap: { code: 'IMPLAUSIBLE_DATE', what: 'service-last-accessed (bedrock)' },
    },
  ]);
});
