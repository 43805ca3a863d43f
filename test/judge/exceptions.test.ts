import fc from 'fast-check';
import { type Exception, endsSoon, isExpired } from '../../src/domain/exception.ts';
import { type FindingRow, findingStatuses } from '../../src/domain/tables.ts';
import { isAbout, mayBeAbout, withExceptions } from '../../src/judge/exceptions.ts';
import { ExceptionTally } from '../../src/pipeline/exception-tally.ts';

const clock = '2026-09-30T06:00:00Z';
const ann = 'arn:aws:iam::111122223333:user/ann';
const finding = (more: Partial<FindingRow> = {}): FindingRow => ({
  id: `111122223333/access-key-age/${ann}`,
  account: '111122223333',
  control: 'access-key-age',
  version: 1,
  severity: 'high',
  status: 'fail',
  resourceType: 'user',
  resource: ann,
  region: null,
  reason: 'old',
  evidence: {},
  thresholds: {},
  gap: null,
  remedy: null,
  exception: null,
  ...more,
});
const exception = (more: Partial<Exception> = {}): Exception => ({
  id: 'E1',
  controls: ['access-key-age'],
  owner: 'o',
  reason: 'r',
  approver: 'a',
  expires: '2026-12-31',
  ...more,
});
const ofOrganization = finding({ account: 'organization', control: 'central-root-access', resource: 'o-1' });

/** The rules of docs/exceptions.md: what matches today matches for ever. */
test.each<{ name: string; given: Partial<Exception>; row?: FindingRow; about: boolean }>([
  { name: 'a control alone: any account, any resource', given: {}, about: true },
  { name: 'another control', given: { controls: ['root-mfa'] }, about: false },
  { name: 'one control of several', given: { controls: ['root-mfa', 'access-key-age'] }, about: true },
  { name: 'the account', given: { accounts: ['111122223333'] }, about: true },
  { name: 'another account', given: { accounts: ['444455556666'] }, about: false },
  { name: 'one account of several', given: { accounts: ['444455556666', '111122223333'] }, about: true },
  { name: 'the resource', given: { resources: [ann] }, about: true },
  { name: 'one resource of several', given: { resources: ['x', ann] }, about: true },
  { name: 'the account, but another resource', given: { accounts: ['111122223333'], resources: ['x'] }, about: false },
  { name: 'the resource, but another account', given: { accounts: ['444455556666'], resources: [ann] }, about: false },
  { name: 'the resource, but another control', given: { controls: ['root-mfa'], resources: [ann] }, about: false },
  { name: 'a part of the resource', given: { resources: ['user/ann'] }, about: false },
  { name: 'a star in front', given: { resources: ['*/ann'] }, about: true },
  { name: 'a star at the end', given: { resources: ['arn:aws:iam::*'] }, about: true },
  { name: 'a star over colons and slashes', given: { resources: ['arn*ann'] }, about: true },
  { name: 'a star for nothing', given: { resources: [`${ann}*`] }, about: true },
  { name: 'a star alone', given: { resources: ['*'] }, about: true },
  { name: 'a question mark for one', given: { resources: ['arn:aws:iam::111122223333:user/a?n'] }, about: true },
  { name: 'a question mark for none', given: { resources: [`${ann}?`] }, about: false },
  { name: 'a question mark for two', given: { resources: ['arn:aws:iam::111122223333:user/?n'] }, about: false },
  { name: 'other case', given: { resources: [ann.replace('ann', 'Ann')] }, about: false },
  { name: 'a dot is a dot', given: { resources: [ann.replace('ann', 'a.n')] }, about: false },
  { name: 'a list of characters is none', given: { resources: [ann.replace('ann', '[a]nn')] }, about: false },
  {
    name: 'a Region, which is the resource where a control looks at Regions',
    given: { controls: ['management-events'], resources: ['eu-*'] },
    row: finding({ control: 'management-events', resource: 'eu-west-1' }),
    about: true,
  },
  {
    name: 'the organisation, where no account is named',
    given: { controls: ['central-root-access'] },
    row: ofOrganization,
    about: true,
  },
  {
    name: 'the organisation, where an account is named',
    given: { controls: ['central-root-access'], accounts: ['111122223333'] },
    row: ofOrganization,
    about: false,
  },
])('$name: $about', ({ given, row = finding(), about }) => {
  expect(isAbout(exception(given), row)).toBe(about);
  expect(withExceptions([row], [exception(given)], clock)).toEqual([{ ...row, exception: about ? 'E1' : null }]);
});

test.each([
  { at: '2026-12-01T23:59:59Z', expired: false, soon: false },
  { at: '2026-12-02T00:00:00Z', expired: false, soon: true },
  { at: '2026-12-31T00:00:00Z', expired: false, soon: true },
  { at: '2026-12-31T23:59:59Z', expired: false, soon: true },
  { at: '2027-01-01T00:00:00Z', expired: true, soon: false },
  { at: '2027-06-01T00:00:00Z', expired: true, soon: false },
])('an exception that expires on 2026-12-31, at $at', ({ at, expired, soon }) => {
  expect([isExpired(exception(), at), endsSoon(exception(), at)]).toEqual([expired, soon]);
  expect(withExceptions([finding()], [exception()], at)[0]?.exception).toBe(expired ? null : 'E1');
});

test.each(findingStatuses.filter((status) => status !== 'fail'))('a finding that is %s has none', (status) => {
  const row = finding({ status, exception: 'E1' });
  expect(withExceptions([row], [exception()], clock)).toEqual([{ ...row, exception: null }]);
});

test('of several that cover a finding the one that holds longest stands with it, of equal ones the first of the file', () => {
  const [short, long, equal] = [
    exception({ id: 'short', expires: '2026-10-01' }),
    exception({ id: 'long', expires: '2027-01-31' }),
    exception({ id: 'equal', expires: '2027-01-31' }),
  ];
  const covered = (all: readonly Exception[], at = clock) => withExceptions([finding()], all, at)[0]?.exception;
  expect(covered([short, long, equal])).toBe('long');
  expect(covered([equal, short, long])).toBe('equal');
  expect(covered([short, long], '2026-10-02T00:00:00Z')).toBe('long');
  expect(covered([short], '2026-10-02T00:00:00Z')).toBeNull();
});

test.each<{ name: string; given?: Partial<Exception>; row?: Partial<FindingRow>; may: boolean }>([
  { name: 'the resource itself', row: {}, may: true },
  { name: 'another resource', given: { resources: ['x'] }, row: {}, may: false },
  { name: 'whatever could not be listed', given: { resources: [ann] }, may: true },
  { name: 'a pattern that names no account', given: { resources: ['*:user/ann'] }, may: true },
  { name: 'a resource of another account', given: { resources: ['arn:aws:iam::444455556666:user/ann'] }, may: false },
  { name: 'another control', given: { controls: ['root-mfa'] }, may: false },
  { name: 'another account', given: { accounts: ['444455556666'] }, may: false },
])('what was not measured may be what it is about: $name, $may', ({ given, row = { resource: '*' }, may }) => {
  expect(mayBeAbout(exception(given), finding({ status: 'not-measured', ...row }))).toBe(may);
});

const tallied = (rows: readonly FindingRow[], all: readonly Exception[], at = clock) => {
  const tally = new ExceptionTally();
  tally.add(withExceptions(rows, all, at), all, at);
  return tally.summary(all, at).map(({ id, status, findings, notMeasured, returned }) => ({
    ...{ id, status, findings, notMeasured, returned },
  }));
};

test('each exception tells where it stands, and what it is about', () => {
  const rows = [
    finding(),
    finding({ resource: 'x', status: 'pass' }),
    finding({ resource: '*', status: 'not-measured' }),
    finding({ control: 'root-mfa', resource: 'root' }),
  ];
  expect(
    tallied(rows, [
      exception(),
      exception({ id: 'also', expires: '2026-10-15' }),
      exception({ id: 'passing', resources: ['x'] }),
      exception({ id: 'nothing', controls: ['root-use'] }),
      exception({ id: 'over, and covered by another', expires: '2026-09-29' }),
      exception({ id: 'over', controls: ['root-mfa'], expires: '2026-09-29' }),
    ]),
  ).toEqual([
    { id: 'E1', status: 'active', findings: 1, notMeasured: 1, returned: 0 },
    { id: 'also', status: 'expiring-soon', findings: 1, notMeasured: 1, returned: 0 },
    { id: 'passing', status: 'unused', findings: 0, notMeasured: 1, returned: 0 },
    { id: 'nothing', status: 'unused', findings: 0, notMeasured: 0, returned: 0 },
    { id: 'over, and covered by another', status: 'expired', findings: 0, notMeasured: 1, returned: 0 },
    { id: 'over', status: 'expired', findings: 0, notMeasured: 0, returned: 1 },
  ]);
});

const rows = fc.array(
  fc.record({
    account: fc.constantFrom('111122223333', '444455556666'),
    control: fc.constantFrom('access-key-age', 'root-mfa'),
    resource: fc.constantFrom('a', 'ab', '*'),
    status: fc.constantFrom(...findingStatuses),
  }),
  { maxLength: 8 },
);
const exceptions = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('A', 'B', 'C'),
    controls: fc.constantFrom(['access-key-age'], ['access-key-age', 'root-mfa']),
    accounts: fc.constantFrom(undefined, ['111122223333']),
    resources: fc.constantFrom(undefined, ['a*'], ['?']),
    expires: fc.constantFrom('2026-09-29', '2026-09-30', '2027-01-01'),
  }),
  { selector: ({ id }) => id },
);

test('exceptions change nothing of a finding but its column, and expired ones not even that', () => {
  fc.assert(
    fc.property(rows, exceptions, (some, given) => {
      const [found, all] = [some.map(finding), given.map(exception)];
      const covered = withExceptions(found, all, clock);
      expect(covered.map((row) => ({ ...row, exception: null }))).toEqual(found);
      for (const [at, { exception: id }] of covered.entries()) {
        const cover = all.filter((it) => !isExpired(it, clock) && isAbout(it, found[at] as FindingRow));
        expect(id === null).toBe(found[at]?.status !== 'fail' || cover.length === 0);
        if (id !== null) expect(cover.map((it) => it.id)).toContain(id);
      }
      expect(covered).toEqual(
        withExceptions(
          found,
          all.filter((it) => !isExpired(it, clock)),
          clock,
        ),
      );
    }),
  );
});

test('what exceptions are about adds up the same however the findings are split', () => {
  fc.assert(
    fc.property(rows, exceptions, fc.nat(8), (some, given, cut) => {
      const [found, all] = [some.map(finding), given.map(exception)];
      const covered = withExceptions(found, all, clock);
      const part = (own: readonly FindingRow[]): ExceptionTally => {
        const tally = new ExceptionTally();
        tally.add(own, all, clock);
        return tally;
      };
      const [one, two] = [part(covered.slice(0, cut)), part(covered.slice(cut))];
      const [left, right] = [new ExceptionTally(), new ExceptionTally()];
      for (const it of [one, two]) left.merge(it.toJSON());
      for (const it of [two, one]) right.merge(it.toJSON());
      expect(JSON.stringify(left)).toBe(JSON.stringify(right));
      expect(left.summary(all, clock)).toEqual(part(covered).summary(all, clock));
    }),
  );
});
