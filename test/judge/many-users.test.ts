import { longTermAiKeys } from '../../src/controls/index.ts';
import type { AccountFacts } from '../../src/domain/facts.ts';
import { ofUser } from '../../src/domain/of-user.ts';
import { judgeAccount } from '../../src/judge/account.ts';
import { accountSubject } from '../controls/case.ts';
import {
  account,
  clock,
  credential,
  factsWith,
  noShared,
  planned,
  read,
  reportRow,
  special,
  user,
  window,
} from '../support/facts.ts';

/** The same items, which count how often somebody looks whose they are. */
function counting<Item extends { readonly user: string }>(items: readonly Item[], seen: { count: number }): Item[] {
  return items.map(({ user: name, ...others }) =>
    Object.defineProperty({ ...others } as unknown as Item, 'user', {
      enumerable: true,
      get: () => {
        seen.count += 1;
        return name;
      },
    }),
  );
}

/** How often an account of so many users, each with an AI key, is asked whose a row or a key is. */
function looksIn(users: number): number {
  const seen = { count: 0 };
  const names = Array.from({ length: users }, (_, index) => `u${index}`);
  const facts: AccountFacts = factsWith({
    authorization: {
      users: read(names.map((name) => user(name))),
      groups: read([]),
      roles: read([]),
      policies: read([]),
    },
    credentialReport: read({
      generated: clock,
      users: counting(
        names.map((name) => reportRow(name)),
        seen,
      ),
      root: null,
    }),
    serviceCredentials: {
      byService: {
        'bedrock.amazonaws.com': read(
          counting(
            names.map((name) => ({ ...credential(name), id: `key-of-${name}` })),
            seen,
          ),
        ),
        'aws-external-anthropic.amazonaws.com': read([]),
      },
      byUser: {},
    },
  });
  const { row } = judgeAccount(
    facts,
    noShared,
    planned,
    { account, attempt: 1, evidence: [] },
    { window, special, metrics: [] },
  );
  expect(row.account).toBe(account);
  return seen.count;
}

test('twice the users are asked about twice as often, not four times', () => {
  const [few, many] = [looksIn(60), looksIn(120)];
  expect(few).toBeGreaterThan(60);
  expect(many).toBeLessThan(2.5 * few);
});

test('a control asks of each user what the user holds, not of each key whose it is', () => {
  const looks = (users: number): number => {
    const names = Array.from({ length: users }, (_, index) => `u${index}`);
    const seen = { count: 0 };
    const facts = {
      authorization: {
        users: read(names.map((name) => user(name))),
        groups: read([]),
        roles: read([]),
        policies: read([]),
      },
      serviceCredentials: {
        byService: {
          'bedrock.amazonaws.com': read(names.map((name) => ({ ...credential(name), id: `key-of-${name}` }))),
        },
        byUser: {},
      },
    };
    const subject = accountSubject({ facts });
    const rows = longTermAiKeys.evaluate({ ...subject, credentials: counting(subject.credentials, seen) });
    expect(rows.filter(({ status }) => status === 'fail')).toHaveLength(users);
    return seen.count;
  };
  expect(looks(80)).toBeLessThan(2.5 * looks(40));
});

test('what is of a user comes in the order of the list; each list answers for itself', () => {
  const [one, other] = [
    [
      { user: 'a', n: 1 },
      { user: 'b', n: 2 },
      { user: 'a', n: 3 },
    ],
    [{ user: 'a', n: 4 }],
  ];
  expect(ofUser(one, 'a').map(({ n }) => n)).toEqual([1, 3]);
  expect(ofUser(other, 'a').map(({ n }) => n)).toEqual([4]);
  expect(ofUser(one, 'constructor')).toEqual([]);
});
