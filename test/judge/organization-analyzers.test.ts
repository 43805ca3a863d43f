import { externalAccessAnalyzer } from '../../src/controls/index.ts';
import { accountId } from '../../src/domain/ids.ts';
import type { DelegatedAdministrator } from '../../src/domain/organization-settings.ts';
import type { Reading } from '../../src/domain/reading.ts';
import type { FindingRow } from '../../src/domain/tables.ts';
import { analyzerHolders, underOrganizationAnalyzers } from '../../src/judge/organization-analyzers.ts';
import { accountSubject } from '../controls/case.ts';
import { account, denial, denied, read } from '../support/facts.ts';

const [management, security] = [accountId('999999999999'), accountId('888888888888')];
const administrator = (service: string): DelegatedAdministrator => ({
  account: security,
  since: null,
  services: read([{ service, since: null }]),
});
const analyzer = (type: string) => ({
  arn: `arn:aws:access-analyzer:us-east-1:888888888888:analyzer/a`,
  type,
  status: 'ACTIVE',
  created: null,
});
const found = (reading: Reading<readonly ReturnType<typeof analyzer>[]>): FindingRow[] =>
  externalAccessAnalyzer.evaluate(accountSubject({ facts: { analyzers: { 'us-east-1': reading } } }));
const member = found(read([]));

test.each<{ name: string; settings: Reading<readonly DelegatedAdministrator[]>; accounts: string[]; doubt: boolean }>([
  {
    name: 'a delegated administrator',
    settings: read([administrator('access-analyzer.amazonaws.com')]),
    accounts: [management, security],
    doubt: false,
  },
  {
    name: 'of another service',
    settings: read([administrator('config.amazonaws.com')]),
    accounts: [management],
    doubt: false,
  },
  {
    name: 'whose services were refused',
    settings: read([{ ...administrator(''), services: denied }]),
    accounts: [management],
    doubt: true,
  },
  { name: 'not read', settings: denied, accounts: [management], doubt: true },
])('who may hold analyzers of the organisation: $name', ({ settings, accounts, doubt }) => {
  expect(analyzerHolders(read(management), { delegatedAdministrators: settings })).toEqual({
    accounts,
    doubt: doubt ? denial : null,
  });
});

test('without an organisation there is nobody, and what is not known stays open', () => {
  expect(analyzerHolders(read(null), { delegatedAdministrators: denied })).toEqual({ accounts: [], doubt: null });
  expect(analyzerHolders(denied, { delegatedAdministrators: read([]) })).toEqual({ accounts: [], doubt: denial });
});

test.each<{ name: string; holders: FindingRow[]; doubt: boolean; status: string }>([
  {
    name: 'an analyzer of the organisation',
    holders: found(read([analyzer('ORGANIZATION')])),
    doubt: false,
    status: 'pass',
  },
  {
    name: 'that covers, whoever else may hold one',
    holders: found(read([analyzer('ORGANIZATION')])),
    doubt: true,
    status: 'pass',
  },
  {
    name: 'an analyzer of its own account alone',
    holders: found(read([analyzer('ACCOUNT')])),
    doubt: false,
    status: 'fail',
  },
  { name: 'none', holders: found(read([])), doubt: false, status: 'fail' },
  { name: 'a list that was refused', holders: found(denied), doubt: false, status: 'not-measured' },
  {
    name: 'an account that could not be entered',
    holders: [externalAccessAnalyzer.unmeasured(security, denial)],
    doubt: false,
    status: 'not-measured',
  },
  { name: 'an administrator that was not read', holders: found(read([])), doubt: true, status: 'not-measured' },
])('a member without an analyzer, under $name: $status', ({ holders, doubt, status }) => {
  const given = { accounts: [security], doubt: doubt ? denial : null };
  const [row] = underOrganizationAnalyzers(member, given, holders);
  expect(row).toMatchObject({ id: `${account}/external-access-analyzer/us-east-1`, region: 'us-east-1', status });
  expect(row?.gap === null).toBe(status !== 'not-measured');
});

test('what passes by itself, and other controls, stay as they are', () => {
  const own = found(read([analyzer('ACCOUNT')]));
  expect(underOrganizationAnalyzers(own, { accounts: [], doubt: denial }, [])).toEqual(own);
});
