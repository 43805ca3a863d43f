import type { Rows } from './produced.ts';

// Every figure and count once more, from the rows of the result tables, with code that shares nothing with src/metrics or src/pipeline.

/** What a figure counts. */
export interface Counted {
  readonly numerator: number;
  readonly denominator: number;
  readonly untrackable: number;
  readonly unread: number;
}

const countedKinds = ['user', 'phantom-user', 'role', 'identity-center-role'];

type Word = 'in' | 'out' | 'unread' | 'untrackable' | null;

const tally = (words: readonly Word[]): Counted => {
  const n = (word: Word): number => words.filter((it) => it === word).length;
  return { numerator: n('in'), denominator: n('in') + n('out'), untrackable: n('untrackable'), unread: n('unread') };
};

/** Whose rows count: accounts, and kinds of identity. */
export interface Who {
  readonly account: (id: string) => boolean;
  readonly kind: (kind: string) => boolean;
  /** Only roles that an AI service may act as; where that is not known, nothing of a role is. */
  readonly agents: boolean;
  /** A class of sensitive permissions; no row says the class of an action. */
  readonly class: string | null;
  /** Accounts that may belong to it as well. */
  readonly hidden: (account: string) => boolean;
}

type Recount = (rows: Rows, who: Who) => Counted;

const over =
  <Name extends keyof Rows>(table: Name, word: (row: Rows[Name][number]) => Word): Recount =>
  (rows, who) =>
    tally(
      (rows[table] as readonly Rows[Name][number][])
        .filter(
          (row) =>
            who.account(row.account) &&
            (!('kind' in row) || isOne(row.kind, who)) &&
            (!who.agents || agentOf(row) !== 'no'),
        )
        .map((row) => (who.agents && agentOf(row) === 'unread' && word(row) !== null ? 'unread' : word(row))),
    );

const agentOf = (row: object): unknown => ('agent' in row ? row.agent : 'no');

const isOne = (kind: string, who: Who): boolean => countedKinds.includes(kind) && who.kind(kind);

const holding =
  (basis: 'effective' | 'nominal'): Recount =>
  (rows, who) =>
    over('identities', ({ tooNew, sensitive }) => {
      const it = sensitive?.[basis];
      if (tooNew || it === undefined || it.held === 0) return null;
      if (it.used > 0) return 'out';
      if (it.unread > 0) return 'unread';
      return it.unused === it.held ? 'in' : 'untrackable';
    })(rows, who);

const pairs =
  (basis: 'effective' | 'nominal'): Recount =>
  (rows, who) => {
    const held = rows.identities
      .filter((row) => who.account(row.account) && isOne(row.kind, who) && !row.tooNew)
      .filter(({ agent }) => !who.agents || agent !== 'no')
      .flatMap(({ agent, sensitive }) => {
        const it = sensitive?.[basis];
        if (it === undefined) return [];
        const { held, ...known } = it;
        return who.agents && agent === 'unread' ? { used: 0, unused: 0, untrackable: 0, unread: held } : known;
      });
    const sum = (state: 'used' | 'unused' | 'untrackable' | 'unread'): number =>
      held.reduce((all, it) => all + it[state], 0);
    return {
      numerator: sum('unused'),
      denominator: sum('used') + sum('unused'),
      untrackable: sum('untrackable'),
      unread: sum('unread'),
    };
  };

/** Identities that can do one of several things; who is in no row can do none of them. */
const power =
  (what: 'make' | 'call'): Recount =>
  (rows, who) => {
    const found = over('key-powers', (row) => {
      const words: string[] = Object.values(row[what]);
      if (words.includes('allowed') || words.includes('conditional')) return 'in';
      return words.includes('unread') ? 'unread' : null;
    })(rows, who);
    const all = rows.identities.filter((row) => who.account(row.account) && isOne(row.kind, who)).length;
    return { ...found, denominator: all - found.unread };
  };

const cells = (wanted: (row: Rows['logging'][number]) => boolean): Recount =>
  over('logging', (row) => {
    if (!wanted(row)) return null;
    return row.status === 'not-measured' ? 'unread' : row.status === 'covered' ? 'in' : 'out';
  });

const guardrail = (id: string): Recount =>
  over('guardrails', ({ guardrail: of, grade }) => {
    if (of !== id || grade === 'not-applicable') return null;
    return grade === 'not-measured' ? 'unread' : grade === 'enforced' ? 'in' : 'out';
  });

const forOthers = ['any-account', 'any-subject', 'named-accounts'];

/** Figures by id and basis, as rows tell them; of two (`fromAccounts`) no row says all. */
const recounts: Readonly<Record<string, Recount>> = {
  'agent.confused-deputy-rate@effective': over('agents', ({ deputy }) =>
    deputy === 'not-measured' ? 'unread' : forOthers.includes(deputy) ? 'in' : 'out',
  ),
  'agent.takeover-rate@effective': over('takeovers', ({ certainty, unowned }) =>
    certainty === 'unread' ? 'unread' : unowned.length > 0 ? 'in' : 'out',
  ),
  'completeness.accounts@effective': over('accounts', ({ status }) =>
    status === 'suspended' ? null : status === 'measured' ? 'in' : 'out',
  ),
  'completeness.identities@effective': over('identities', ({ activity }) => (activity === 'unread' ? 'out' : 'in')),
  'credential.ai-key-maker-rate@effective': power('make'),
  'credential.ai-key-caller-rate@effective': power('call'),
  'identity.unused-rate@effective': over('identities', ({ tooNew, activity }) =>
    tooNew ? null : activity === 'unread' ? 'unread' : activity === 'unused' ? 'in' : 'out',
  ),
  'logging.ai-data-event-coverage@effective': cells(({ core }) => core),
  'logging.management-coverage@effective': cells(({ eventClass }) => eventClass === 'management'),
  'logging.ai-monitored-rate@effective': over('forwarding', ({ grade }) =>
    grade === 'not-recorded' ? null : grade === 'not-measured' ? 'unread' : grade === 'monitored' ? 'in' : 'out',
  ),
  'permission.unused-sensitive-identity-rate@effective': holding('effective'),
  'permission.unused-sensitive-identity-rate@nominal': holding('nominal'),
  'permission.unused-sensitive-pair-rate@effective': pairs('effective'),
  'permission.unused-sensitive-pair-rate@nominal': pairs('nominal'),
};

/** Figures that rest on facts no row holds (who has which credential used): what table `accounts` says, added up. */
export const fromAccounts = ['credential.ai-key-user-rate', 'credential.stale-user-rate'];

/** A figure from the rows; undefined = rows do not tell. */
export function recount(rows: Rows, id: string, basis: string, who: Who): Counted | undefined {
  const [, name] = /^guardrail\.coverage:(.+)$/.exec(id) ?? [];
  const count = name === undefined ? recounts[`${id}@${basis}`] : guardrail(name);
  return count?.(rows, who);
}

/** A figure as table `accounts` says it, account by account, added up. */
export function addedUp(
  rows: Rows,
  id: string,
  basis: string,
  who: Who,
): Counted & { readonly open: string[]; readonly excepted: number } {
  const all = rows.accounts
    .filter((row) => who.account(row.account) || who.hidden(row.account))
    .flatMap((row) =>
      row.figures
        .filter((it) => it.id === id && it.basis === basis && it.class === who.class)
        .filter((it) => (it.kind === 'agent-role' ? who.agents : !who.agents && who.kind(it.kind)))
        .map((it) => ({ account: row.account, ...it })),
    );
  const own = all.filter(({ account }) => who.account(account));
  const hides = (it: (typeof all)[number]): boolean =>
    it.population === 'never-measured' || (who.hidden(it.account) && it.denominator + it.untrackable + it.unread > 0);
  const sum = (field: keyof Counted | 'excepted'): number => own.reduce((all, it) => all + it[field], 0);
  return {
    numerator: sum('numerator'),
    denominator: sum('denominator'),
    untrackable: sum('untrackable'),
    unread: sum('unread'),
    excepted: sum('excepted'),
    open: [...new Set(all.filter(hides).map(({ account }) => account))],
  };
}

const by = <Row>(rows: readonly Row[], word: (row: Row) => string | null): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const row of rows) {
    const key = word(row);
    if (key !== null) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};

/** Counts by word, with a zero for each of the words that nothing has. */
export const inWords = <Row>(
  rows: readonly Row[],
  words: readonly string[],
  word: (row: Row) => string | null,
): Record<string, number> => ({ ...Object.fromEntries(words.map((it) => [it, 0])), ...by(rows, word) });

/** The counts of the summary that rows tell. */
export function countsFrom(rows: Rows): Record<string, number> {
  const people = rows.identities.filter(({ kind }) => kind === 'user' || kind === 'phantom-user');
  const ai = rows.credentials.filter((row) => row.ai);
  const live = ai.filter((row) => row.live);
  const phantoms = rows['key-holders'].filter(({ phantom }) => phantom);
  const inState = (state: string): number => phantoms.filter((row) => row.state === state).length;
  return {
    users: people.length,
    aiKeyUsers: new Set(live.map(({ account, user }) => `${account} ${user}`)).size,
    aiKeysLive: live.length,
    aiKeysLiveNotDenied: live.filter(({ use }) => use !== 'denied').length,
    aiKeysLiveNeverExpiring: live.filter(({ expires }) => expires === null).length,
    aiKeysLiveOnPhantomUsers: live.filter(({ phantom }) => phantom).length,
    aiKeysExpired: ai.filter((row) => !row.live && row.status !== 'Inactive').length,
    aiKeysInactive: ai.filter(({ status }) => status === 'Inactive').length,
    phantomUsers: people.filter(({ kind }) => kind === 'phantom-user').length,
    phantomUsersLiveKey: inState('live-key'),
    phantomUsersInactiveOnly: inState('inactive-only'),
    phantomUsersExpiredOnly: inState('expired-only'),
    phantomUsersOrphaned: inState('orphaned'),
    phantomUsersNotMeasured: inState('not-measured'),
    phantomUsersGained: phantoms.filter(({ gained }) => gained === 'yes').length,
    phantomUsersGainedNotMeasured: phantoms.filter(({ gained }) => gained === 'not-measured').length,
  };
}

/** How complete the night is, by accounts and identities. */
export function completenessFrom(rows: Rows) {
  const all = rows.identities.filter(({ kind }) => countedKinds.includes(kind));
  const apart = (kind: string): number => rows.identities.filter((row) => row.kind === kind).length;
  const unread = all.filter(({ activity }) => activity === 'unread').length;
  return {
    accounts: {
      discovered: rows.accounts.length,
      ...inWords(rows.accounts, ['measured', 'partial', 'failed', 'suspended', 'skipped'], ({ status }) => status),
    } as Record<string, number>,
    identities: {
      counted: all.length,
      known: all.length - unread,
      unread,
      byKind: inWords(all, countedKinds, ({ kind }) => kind),
      apart: {
        tooNew: all.filter(({ tooNew }) => tooNew).length,
        serviceLinkedRole: apart('service-linked-role'),
        breakGlass: apart('break-glass'),
        assayReader: apart('assay-reader'),
      },
    },
  };
}
