import fc from 'fast-check';
import { allControls } from '../../src/controls/all.ts';
import { type Change, type Effect, noChanges } from '../../src/domain/action-table.ts';
import type { Exception } from '../../src/domain/exception.ts';
import { partStates, practiceIds, practiceParts, practiceStates } from '../../src/domain/practice.ts';
import type { AccountResult } from '../../src/domain/result.ts';
import {
  accountStatuses,
  coverageStatuses,
  type FindingRow,
  type ForwardingRow,
  findingStatuses,
  forwardingGrades,
  type GapRow,
  type LoggingRow,
  type TableRow,
} from '../../src/domain/tables.ts';
import { cellsOf } from '../../src/metrics/figures.ts';
import { allMetrics } from '../../src/pipeline/judge-account.ts';
import { NightPart, type NightPartData } from '../../src/pipeline/night-part.ts';
import { batchesOf } from '../../src/pipeline/plan.ts';

// A night merges as a tree: whatever accounts a part holds and in whatever order parts meet, the sum is the same bytes.

const classes = ['management', 'AWS::Bedrock::Model', 'AWS::QApps::QApp', 'AWS::SageMaker::Endpoint'];
const gapKinds = [
  { gap: { code: 'ACCESS_DENIED' }, operation: 'iam:ListUsers' },
  { gap: { code: 'THROTTLED' }, operation: 'iam:ListUsers' },
  { gap: { code: 'UNPARSABLE' }, operation: 'iam:GetPolicy' },
];
const agent = { kind: 'role', deputy: 'open' } as unknown as TableRow<'agents'>;
const small = fc.nat(3);
const practice = fc.constantFrom(...practiceIds).chain((id) =>
  fc.record({
    practice: fc.constant(id),
    state: fc.constantFrom(...practiceStates),
    parts: fc
      .constantFrom(...partStates)
      .map((state) => practiceParts[id].map((part) => ({ part, state, evidence: '' }))),
  }),
);

const exceptions: readonly Exception[] = [
  { id: 'ends', controls: allControls.map(({ id }) => id), expires: '2026-10-02' },
  { id: 'over', controls: allControls.map(({ id }) => id), resources: ['*1'], expires: '2026-09-02' },
].map((it) => ({ ...it, owner: 'o', reason: 'r', approver: 'a' }));

const findingOf = (account: string, told: object, at: number): FindingRow =>
  ({
    id: `${account}/${at}`,
    account,
    resource: `r-${at}`,
    resourceType: 'role',
    severity: 'high',
    remedy: { text: 'do', command: null },
    gap: null,
    ...told,
  }) as unknown as FindingRow;

const effect: Effect = {
  ...{ metric: 'identity.unused-rate', numerator: -1, denominator: -1 },
  ...{ untrackable: 0, unread: 0 },
};
const changeOf = (account: string, kind: Change['kind'], at: number): Change => ({
  ...{ key: `${kind}/${account}/${at}`, account, kind, what: 'do it', command: null, policy: null },
  blast: { accounts: 1, identities: 1, used: 0, words: 'nobody' },
  effects: [effect],
  closes: [`r-${at}`],
});

/** A result of every kind of content; what an account's counts mean does not matter here. */
const result = fc
  .record({
    status: fc.constantFrom(...accountStatuses),
    assumed: fc.boolean(),
    owner: fc.constantFrom(null, 'a@example.com', 'b@example.com'),
    untracked: fc.boolean(),
    report: fc.option(fc.constantFrom('2026-09-01', '2026-09-02', '2026-09-03')),
    figures: fc.array(
      fc.record({
        cell: fc.constantFrom(
          ...allMetrics.flatMap((metric) => cellsOf(metric).map((cell) => ({ id: metric.id, ...cell }))),
        ),
        population: fc.constantFrom('enumerated' as const, 'never-measured' as const),
        share: fc.record({ numerator: small, others: small, untrackable: small, unread: small }),
      }),
      { maxLength: 4 },
    ),
    agents: fc.boolean(),
    users: fc.record({ total: small, withAiKey: small, unread: small }),
    logging: fc.array(
      fc.record({ eventClass: fc.constantFrom(...classes), status: fc.constantFrom(...coverageStatuses) }),
      {
        maxLength: 3,
      },
    ),
    findings: fc.array(
      fc.record({
        control: fc.constantFrom(...allControls.map(({ id }) => id)),
        status: fc.constantFrom(...findingStatuses),
        exception: fc.constantFrom(null, 'one'),
      }),
      { maxLength: 4 },
    ),
    changes: fc.uniqueArray(fc.constantFrom(...(['delete-identity', 'deactivate-ai-key', 'record-events'] as const)), {
      maxLength: 2,
    }),
    practices: fc.array(practice, { maxLength: 3 }),
    forwarding: fc.array(
      fc.record({ eventClass: fc.constantFrom(...classes), grade: fc.constantFrom(...forwardingGrades) }),
      { maxLength: 3 },
    ),
    gaps: fc.array(fc.record({ kind: fc.constantFrom(...gapKinds), cause: fc.constantFrom('one', 'two') }), {
      maxLength: 3,
    }),
  })
  .map((it) => (place: number): AccountResult => {
    const account = String(100_000_000_000 + place);
    return {
      account: account as never,
      receipt: null,
      row: {
        id: account,
        account,
        name: null,
        ou: [`ou-${place % 3}`],
        owner: it.owner,
        ownerRead: it.owner !== null,
        state: 'ACTIVE',
        status: it.status,
        reason: null,
        attempt: 1,
        regions: 1,
        regionsAssumed: it.assumed,
        untrackedRegions: it.untracked ? ['eu-south-2'] : [],
        credentialReportAt: it.report,
        gaps: it.gaps.length,
        figures: it.figures.map(({ cell, population, share: { others, ...share } }) => ({
          ...{ ...cell, population, ...share, denominator: share.numerator + others, excepted: share.numerator },
        })),
      },
      identities: [],
      permissions: [],
      credentials: [],
      keyHolders: [],
      keyPowers: [],
      guardrails: [],
      practices: it.practices.map((row) => ({ ...row, id: '', account, management: place === 0 })),
      loggingFixes: [],
      agents: it.agents ? [agent] : [],
      takeovers: [],
      workspaces: [],
      forwarding: it.forwarding.map((row) => row as ForwardingRow),
      findings: it.findings.map((row, at) => findingOf(account, row, at)),
      logging: it.logging.map((row) => ({ ...row, core: row.eventClass.includes('Bedrock') }) as LoggingRow),
      gaps: it.gaps.map(({ kind, cause }) => ({ ...kind, account, cause, remedy: 'do' }) as unknown as GapRow),
      users: it.users,
      actions: {
        ...noChanges,
        changes: it.changes.map((kind, at) => changeOf(account, kind, at)),
        together: it.changes.map((kind) => ({ kind, effects: [effect] })),
      },
    };
  });

const written = (part: NightPart): string => JSON.stringify(part);
const merged = (...parts: readonly NightPartData[]): NightPart => {
  const sum = new NightPart();
  for (const part of parts) sum.merge(part);
  return sum;
};

test('10,000 random splits and orders of the accounts merge to the same bytes', () => {
  const rounds = fc.array(fc.array(fc.nat(), { minLength: 24, maxLength: 24 }), { minLength: 50, maxLength: 50 });
  fc.assert(
    fc.property(fc.array(result, { minLength: 1, maxLength: 6 }), rounds, (results, draws) => {
      const own = results.map((make, place) => {
        const part = new NightPart();
        const it = make(place);
        part.add(it, ['why'], place);
        part.exceptions.add(it.findings, exceptions, '2026-09-30T06:00:00Z');
        part.actions.add(it, it.row.owner ?? 'nobody', place);
        return part.toJSON();
      });
      const whole = written(merged(...own));
      for (const drawn of draws) {
        // Accounts, and then what they add up to, meet in any order until one part is left.
        const left = [...own];
        const take = (): NightPartData => left.splice((drawn.pop() ?? 0) % left.length, 1)[0] as NightPartData;
        while (left.length > 1) left.push(merged(take(), take()).toJSON());
        expect(JSON.stringify(left[0])).toBe(whole);
      }
    }),
    { numRuns: 200 },
  );
});

test('a part that was written down and read again is the same part', () => {
  fc.assert(
    fc.property(result, (make) => {
      const part = new NightPart();
      part.add(make(0), ['why'], 0);
      const again = merged(JSON.parse(written(part)) as NightPartData);
      expect(written(again)).toBe(written(part));
      expect(again.totals.metrics(allMetrics, { ous: [], accountsListed: true })).toEqual(
        part.totals.metrics(allMetrics, { ous: [], accountsListed: true }),
      );
    }),
    { numRuns: 30 },
  );
});

test('nothing is the neutral part', () => {
  fc.assert(
    fc.property(result, (make) => {
      const part = new NightPart();
      part.add(make(0), ['why'], 0);
      expect(written(merged(part.toJSON(), new NightPart().toJSON()))).toBe(written(part));
    }),
    { numRuns: 30 },
  );
});

test('batches cover the plan without a hole, in its order', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 7 }), (accounts, size) => {
      const batches = batchesOf(accounts, size);
      expect(batches.map(({ number }) => number)).toEqual(batches.map((_, index) => index + 1));
      const places = batches.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at));
      expect(places).toEqual(Array.from({ length: accounts }, (_, at) => at));
      for (const { from, to } of batches) expect(to - from).toBeLessThanOrEqual(size);
    }),
  );
  expect(batchesOf(0)).toEqual([{ number: 1, from: 0, to: 0 }]);
});
