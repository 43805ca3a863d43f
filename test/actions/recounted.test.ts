import fc from 'fast-check';
import { accountChanges } from '../../src/actions/account.ts';
import { scpOf } from '../../src/actions/scps.ts';
import { nightlyClasses } from '../../src/catalogue/ai-event-classes.ts';
import { selectorFor } from '../../src/cloudtrail/selector-json.ts';
import type { Change, Effect } from '../../src/domain/action-table.ts';
import type { AccountFacts, NamedPolicy, ServiceCredential, SharedFacts } from '../../src/domain/facts.ts';
import type { Reading } from '../../src/domain/reading.ts';
import { addShares, noShare, type Share } from '../../src/domain/share.ts';
import { judgeWhole } from '../../src/judge/account.ts';
import { allGuardrails } from '../../src/judge/guardrails.ts';
import { statusesOfFigures } from '../../src/judge/requirements.ts';
import { allMetrics } from '../../src/pipeline/judge-account.ts';
import {
  account,
  allow,
  clock,
  credential,
  denied,
  factsWith,
  inline,
  organizationWith,
  planned,
  read,
  recent,
  report,
  reportRow,
  role,
  scp,
  special,
  trail,
  user,
  window,
} from '../support/facts.ts';

// Each change is made by hand, in what AWS would answer, and the whole account is judged and counted again.

const shared = organizationWith();
const rules = { window, special, metrics: allMetrics };
const receipt = { account, attempt: 1, evidence: [] };
const judged = (facts: AccountFacts, around: SharedFacts = shared) =>
  judgeWhole(facts, around, planned, receipt, rules);
const changesOf = (facts: AccountFacts) => accountChanges({ ...judged(facts), facts, shared, planned, rules });

/** Every figure as a whole, on effective permissions. */
function figuresOf(facts: AccountFacts, around?: SharedFacts): Map<string, Share> {
  const { figures } = judged(facts, around).result.row;
  const whole = figures.filter((it) => it.basis === 'effective' && it.class === null && it.kind !== 'agent-role');
  const sums = new Map<string, Share>();
  for (const figure of whole) sums.set(figure.id, addShares(sums.get(figure.id) ?? noShare, figure));
  return sums;
}

function difference(before: Map<string, Share>, after: Map<string, Share>, ids: readonly string[]): Effect[] {
  return ids.map((metric) => {
    const [was, is] = [before.get(metric) ?? noShare, after.get(metric) ?? noShare];
    return {
      metric,
      numerator: is.numerator - was.numerator,
      denominator: is.denominator - was.denominator,
      untrackable: is.untrackable - was.untrackable,
      unread: is.unread - was.unread,
    };
  });
}

const oldKey = '2020-01-01T00:00:00Z';
const sensitive = ['iam:CreateUser', 'iam:CreateAccessKey'];
const use = report({ iam: { at: recent, tracked: { CreateUser: recent, CreateAccessKey: null } } });
const unusedUse = report({ iam: { at: null, tracked: { CreateUser: null, CreateAccessKey: null } } });

interface Drawn {
  readonly roles: readonly ('idle' | 'busy' | 'unread')[];
  /** Users by how many live AI keys each holds. */
  readonly users: readonly { readonly keys: number; readonly used: boolean; readonly staleKey: boolean }[];
}

function factsOf({ roles, users }: Drawn): AccountFacts {
  const drawnRoles = roles.map((kind, at) =>
    role(`${kind}${at}`, kind === 'busy' ? recent : null, {
      inline: [inline(allow(sensitive))],
      ...(kind === 'unread' ? { lastUsed: denied } : {}),
    }),
  );
  const drawnUsers = users.map((_, at) => user(`u${at}`, { inline: [inline(allow(['bedrock:CallWithBearerToken']))] }));
  const keys = users.flatMap(({ keys: count }, at) =>
    Array.from({ length: count }, (_, n): ServiceCredential => credential(`u${at}`, { id: `ACCAu${at}n${n}` })),
  );
  return factsWith({
    authorization: { users: read(drawnUsers), groups: read([]), roles: read(drawnRoles), policies: read([]) },
    credentialReport: read({
      generated: clock,
      root: null,
      users: users.map(({ used, staleKey }, at) =>
        reportRow(`u${at}`, {
          passwordEnabled: used,
          passwordLastUsed: used ? recent : null,
          passwordChanged: used ? oldKey : null,
          accessKeys: staleKey ? [{ active: true, lastUsed: null, rotated: oldKey }] : [],
        }),
      ),
    }),
    serviceCredentials: {
      byService: { 'bedrock.amazonaws.com': read(keys), 'aws-external-anthropic.amazonaws.com': read([]) },
      byUser: {},
    },
    lastAccessed: {
      ...Object.fromEntries(
        drawnRoles.map(({ arn, name }) => [
          arn,
          name.startsWith('unread') ? denied : read(name.startsWith('busy') ? use : unusedUse),
        ]),
      ),
      ...Object.fromEntries(drawnUsers.map(({ arn }) => [arn, read(report({ bedrock: null }))])),
    },
  });
}

const without = <Item>(list: Reading<readonly Item[]>, goes: (item: Item) => boolean): Reading<readonly Item[]> =>
  list.kind === 'known' ? { ...list, value: list.value.filter((item) => !goes(item)) } : list;

/** What AWS would answer after an identity is gone. */
function withoutIdentity(facts: AccountFacts, arn: string): AccountFacts {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const { authorization, credentialReport, serviceCredentials } = facts;
  const isUser = arn.includes(':user/');
  return {
    ...facts,
    authorization: {
      ...authorization,
      users: without(authorization.users, (it) => it.arn === arn),
      roles: without(authorization.roles, (it) => it.arn === arn),
    },
    credentialReport:
      credentialReport.kind === 'known'
        ? {
            ...credentialReport,
            value: { ...credentialReport.value, users: credentialReport.value.users.filter((it) => it.arn !== arn) },
          }
        : credentialReport,
    serviceCredentials: {
      ...serviceCredentials,
      byService: Object.fromEntries(
        Object.entries(serviceCredentials.byService).map(([key, list]) => [
          key,
          without(list, (it) => isUser && it.user === name),
        ]),
      ),
    },
  };
}

const inactive = (facts: AccountFacts, ids: readonly string[]): AccountFacts => ({
  ...facts,
  serviceCredentials: {
    ...facts.serviceCredentials,
    byService: Object.fromEntries(
      Object.entries(facts.serviceCredentials.byService).map(([key, list]) => [
        key,
        list.kind === 'known'
          ? { ...list, value: list.value.map((it) => (ids.includes(it.id) ? { ...it, status: 'Inactive' } : it)) }
          : list,
      ]),
    ),
  },
});

/** What the policies are when what was not used is written out of them: a busy role made users, nobody called with a key. */
function reduced(facts: AccountFacts, arn: string): AccountFacts {
  const { users, roles } = facts.authorization;
  const written = <Item extends { readonly arn: string }>(
    list: Reading<readonly Item[]>,
    own: readonly NamedPolicy[],
  ) =>
    list.kind === 'known'
      ? { ...list, value: list.value.map((it) => (it.arn === arn ? { ...it, inline: own } : it)) }
      : list;
  return {
    ...facts,
    authorization: {
      ...facts.authorization,
      users: written(users, []),
      roles: written(roles, [inline(allow(['iam:CreateUser']))]),
    },
  };
}

function byHand(facts: AccountFacts, { kind, key }: Change): Map<string, Share> | null {
  const subject = key.slice(kind.length + 1);
  if (kind === 'delete-identity') return figuresOf(withoutIdentity(facts, subject));
  if (kind === 'deactivate-ai-key') return figuresOf(inactive(facts, [subject.slice(account.length + 1)]));
  if (kind === 'take-back-permissions') return figuresOf(reduced(facts, subject));
  return null;
}

const sample: Drawn = {
  roles: ['idle', 'busy', 'unread', 'idle'],
  users: [
    { keys: 2, used: true, staleKey: false },
    { keys: 1, used: true, staleKey: true },
    { keys: 0, used: false, staleKey: false },
  ],
};

test('a small organisation: what each change claims is what counting gives once it is made by hand', () => {
  const facts = factsOf(sample);
  const before = figuresOf(facts);
  const { changes } = changesOf(facts);
  const made = changes.flatMap((change) => {
    const after = byHand(facts, change);
    return after === null
      ? []
      : [
          [
            change.key,
            change.effects,
            difference(
              before,
              after,
              change.effects.map(({ metric }) => metric),
            ),
          ],
        ];
  });
  expect(made.map(([key]) => key).sort()).toEqual(
    [
      `deactivate-ai-key/${account}/ACCAu0n0`,
      `deactivate-ai-key/${account}/ACCAu0n1`,
      `deactivate-ai-key/${account}/ACCAu1n0`,
      `delete-identity/arn:aws:iam::${account}:role/idle0`,
      `delete-identity/arn:aws:iam::${account}:role/idle3`,
      `delete-identity/arn:aws:iam::${account}:user/u2`,
      `take-back-permissions/arn:aws:iam::${account}:role/busy1`,
      `take-back-permissions/arn:aws:iam::${account}:user/u0`,
      `take-back-permissions/arn:aws:iam::${account}:user/u1`,
    ].sort(),
  );
  for (const [key, claimed, real] of made) expect([key, claimed]).toEqual([key, real]);
  const effectOf = (key: string, metric: string) =>
    changes.find((it) => it.key.endsWith(key))?.effects.find((it) => it.metric === metric);
  expect(effectOf('role/idle0', 'identity.unused-rate')).toMatchObject({ numerator: -1, denominator: -1 });
  expect(effectOf('role/busy1', 'permission.unused-sensitive-pair-rate')).toMatchObject({
    numerator: -1,
    denominator: -1,
  });
  // One of two keys alone changes nothing: its user still holds a key.
  expect(effectOf('ACCAu0n0', 'credential.ai-key-user-rate')).toBeUndefined();
  expect(effectOf('ACCAu1n0', 'credential.ai-key-user-rate')).toMatchObject({ numerator: -1, denominator: 0 });
});

test('all keys together do what they do together, not the sum of each', () => {
  const facts = factsOf(sample);
  const { together } = changesOf(facts);
  const keys = together.find(({ kind }) => kind === 'deactivate-ai-key')?.effects ?? [];
  const after = figuresOf(inactive(facts, ['ACCAu0n0', 'ACCAu0n1', 'ACCAu1n0']));
  expect(keys).toEqual(
    difference(
      figuresOf(facts),
      after,
      keys.map(({ metric }) => metric),
    ),
  );
  expect(keys.find(({ metric }) => metric === 'credential.ai-key-user-rate')?.numerator).toBe(-2);
});

test('an SCP that closes a guardrail: attached by hand, the account is graded and its powers are asked again', () => {
  const facts = factsOf(sample);
  const before = figuresOf(facts);
  const { changes, fences } = changesOf(facts);
  const scps = changes.filter(({ kind }) => kind === 'attach-scp');
  expect(scps.length).toBe(allGuardrails.length);
  expect(fences).toHaveLength(allGuardrails.length);
  for (const { key, effects, spared = [] } of scps) {
    const guardrail = allGuardrails.find(({ id }) => id === key.slice('attach-scp/'.length));
    if (guardrail === undefined) throw new Error(key);
    const { Statement } = scpOf(guardrail, spared);
    const more = [scp('closing', Statement as never)];
    const around = organizationWith({
      scps: read([...(shared.scps.kind === 'known' ? shared.scps.value : []), ...more]),
    });
    expect([key, effects]).toEqual([
      key,
      difference(
        before,
        figuresOf(facts, around),
        effects.map(({ metric }) => metric),
      ),
    ]);
    expect([key, effects.some(({ metric }) => metric === `guardrail.coverage:${guardrail.id}`)]).toEqual([key, true]);
  }
});

test('a trail: with its selectors by hand, every cell that the change closes counts as covered', () => {
  const facts = factsOf(sample);
  const [change] = changesOf(facts).changes.filter(
    ({ kind, what }) => kind === 'record-events' && what.includes('trail'),
  );
  const advanced = nightlyClasses.flatMap((it) => selectorFor(it) ?? []);
  const after = figuresOf({
    ...facts,
    logging: { ...facts.logging, trails: { 'us-east-1': read([trail('new', { advanced })]) } },
  });
  const ids = change?.effects.map(({ metric }) => metric) ?? [];
  expect(ids).toEqual(['logging.ai-data-event-coverage', 'logging.management-coverage']);
  expect(change?.effects).toEqual(difference(figuresOf(facts), after, ids));
});

const drawn: fc.Arbitrary<Drawn> = fc.record({
  roles: fc.array(fc.constantFrom('idle' as const, 'busy' as const, 'unread' as const), { maxLength: 4 }),
  users: fc.array(fc.record({ keys: fc.nat(2), used: fc.boolean(), staleKey: fc.boolean() }), { maxLength: 3 }),
});

test('no change ever claims more than counting again gives', () => {
  fc.assert(
    fc.property(drawn, (it) => {
      const facts = factsOf(it);
      const before = figuresOf(facts);
      for (const change of changesOf(facts).changes) {
        const after = byHand(facts, change);
        if (after === null) continue;
        for (const { metric, worse } of allMetrics.map(({ id, worse: side }) => ({ metric: id, worse: side }))) {
          const [real] = difference(before, after, [metric]);
          const claimed = change.effects.find((effect) => effect.metric === metric) ?? {
            numerator: 0,
            denominator: 0,
            untrackable: 0,
            unread: 0,
          };
          const bad = (effect: Omit<Effect, 'metric'>): number =>
            worse === 'higher'
              ? effect.numerator + effect.untrackable + effect.unread
              : effect.denominator + effect.untrackable + effect.unread - effect.numerator;
          expect([change.key, metric, bad(claimed) >= bad(real ?? { metric, ...claimed })]).toEqual([
            change.key,
            metric,
            true,
          ]);
        }
      }
    }),
    { numRuns: 12 },
  );
});

test.each([
  ['users', { users: denied, groups: read([]), roles: read([]), policies: read([]) }],
  ['roles', { users: read([]), groups: read([]), roles: denied, policies: read([]) }],
])('where %s were not read nobody knows whom an SCP would stop', (_, authorization) => {
  const hidden = changesOf(factsWith({ authorization })).changes.filter(({ kind }) => kind === 'attach-scp');
  expect(hidden.length).toBeGreaterThan(0);
  for (const { blast } of hidden)
    expect(blast).toMatchObject({ used: null, words: expect.stringContaining('not measured') });
});

test('nor where the use of one who may do what it denies was not read', () => {
  const maker = role('maker', recent, { inline: [inline(allow(['iam:CreateServiceSpecificCredential']))] });
  const facts = factsWith({
    authorization: { users: read([]), groups: read([]), roles: read([maker]), policies: read([]) },
    lastAccessed: { [maker.arn]: denied },
  });
  const scps = changesOf(facts).changes.filter(({ kind }) => kind === 'attach-scp');
  expect(scps.find(({ key }) => key.endsWith('/no-ai-key-creation'))?.blast.used).toBeNull();
  expect(scps.some(({ blast }) => blast.used === 0)).toBe(true);
});

test('an account that could not be read has nothing to try', () => {
  const facts = factsWith({ access: denied });
  expect(changesOf(facts).changes.filter(({ kind }) => kind !== 'attach-scp')).toEqual([]);
  expect(statusesOfFigures(judged(facts).result.row.figures).get('identity.unused-rate')).not.toBe('pass');
});
