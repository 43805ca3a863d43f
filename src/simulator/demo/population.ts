import type { AccountName } from './places.ts';

// How many identities of each kind and state every account holds. `acquired-erp` and `sandbox-2024` have no line: nobody can read
// them, so nothing is planted there. Users with service-specific credentials, and phantom users, are in `key-holders.ts`.

/** Columns of the table below, in order. */
export const columns = [
  /** Console user, password used in the window. */
  'userByPassword',
  /** Machine user, access key used in the window. */
  'userByKey',
  /** Machine user whose first key is stale and whose second was used in the window. */
  'userBySecondKey',
  /** Password and key last used before the window. */
  'userIdle',
  /** Access key that was never used. */
  'userNeverUsed',
  /** Idle, with an active signing certificate, whose use only last-accessed data shows: it shows none. */
  'userWithCertificate',
  /** Created in the window, password used since. */
  'userNewUsed',
  /** Created in the window, nothing used yet. */
  'userNewUnused',
  'roleUsed',
  /** RoleLastUsed lies before the window. */
  'roleIdle',
  /** No RoleLastUsed at all. */
  'roleNeverUsed',
  'roleNewUsed',
  'roleNewUnused',
  'centerUsed',
  'centerIdle',
  'centerNewUsed',
  'serviceLinked',
] as const;
export type Column = (typeof columns)[number];

type Line = readonly [AccountName, ...number[]];

// biome-ignore format: a table
const lines: readonly Line[] = [
  //                    users                              roles                   Identity Center  service-
  //                    pass key key2 idle nev cert nu nn  used idle nev  nu nn    used idle new    linked
  ['management',          2,  1,  0,   1,   1,  0,  0, 0,    4,   2,  1,  0, 0,      2,   1,  0,     3],
  ['log-archive',         0,  1,  0,   0,   1,  0,  0, 0,    2,   1,  2,  0, 0,      1,   1,  0,     2],
  ['security-tooling',    1,  1,  0,   0,   0,  0,  1, 0,    5,   2,  1,  1, 0,      2,   0,  0,     4],
  ['network',             1,  1,  0,   2,   0,  1,  0, 0,    3,   3,  2,  0, 0,      1,   1,  0,     3],
  ['shared-services',     2,  2,  1,   1,   1,  0,  0, 0,    4,   4,  3,  0, 1,      2,   1,  0,     2],
  ['backup',              0,  1,  0,   1,   0,  0,  0, 0,    2,   2,  2,  0, 0,      1,   1,  0,     2],

  ['web-shop',            1,  2,  0,   2,   1,  0,  0, 1,    6,   4,  3,  1, 0,      2,   1,  0,     3],
  ['data-lake',           2,  2,  1,   2,   1,  1,  1, 0,    8,   6,  4,  1, 1,      3,   1,  0,     3], // roles never answered
  ['customer-portal',     1,  1,  0,   1,   1,  0,  0, 0,    5,   3,  2,  0, 1,      2,   1,  0,     2],
  ['payments-core',       1,  1,  0,   1,   0,  0,  0, 0,    6,   2,  1,  1, 0,      2,   1,  0,     3],
  ['payments-cards',      0,  1,  0,   1,   1,  0,  0, 0,    4,   3,  2,  0, 0,      1,   1,  0,     2],
  ['payments-ledger',     1,  1,  0,   0,   1,  1,  0, 0,    4,   2,  3,  0, 0,      1,   1,  1,     2],

  ['ai-gateway',          1,  1,  0,   1,   0,  0,  0, 1,    5,   2,  1,  2, 1,      2,   0,  1,     3],
  ['ai-inference',        0,  1,  1,   1,   1,  0,  0, 0,    4,   3,  3,  1, 1,      1,   1,  0,     2],
  ['ai-agents',           1,  0,  0,   1,   1,  0,  1, 0,    5,   2,  4,  2, 2,      1,   1,  1,     3],
  ['ai-research',         2,  1,  0,   2,   1,  0,  1, 1,    4,   4,  3,  1, 2,      2,   2,  1,     2],

  ['dev-web',             2,  1,  0,   2,   1,  0,  0, 0,    3,   4,  3,  0, 1,      1,   2,  0,     1],
  ['dev-payments',        1,  1,  0,   2,   1,  0,  0, 0,    3,   3,  4,  0, 0,      1,   1,  0,     1],
  ['dev-ai',              1,  1,  0,   1,   2,  0,  1, 1,    3,   3,  3,  1, 1,      1,   1,  0,     1],
  ['ci-build',            0,  2,  1,   0,   2,  0,  0, 0,    5,   4,  3,  0, 1,      1,   0,  0,     2],

  ['sandbox-anna',        1,  0,  0,   0,   1,  0,  0, 0,    1,   2,  2,  0, 1,      1,   0,  0,     1],
  ['sandbox-hackathon',   0,  1,  0,   0,   1,  0,  2, 1,    1,   1,  2,  2, 2,      1,   1,  1,     1],
];

export type Population = Readonly<Record<Column, number>>;

/** The table's lines by account name. */
export const populations: ReadonlyMap<AccountName, Population> = new Map(
  lines.map(([account, ...numbers]) => [
    account,
    Object.fromEntries(columns.map((column, index) => [column, numbers[index] ?? 0])) as Population,
  ]),
);
