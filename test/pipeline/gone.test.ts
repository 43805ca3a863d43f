import { unknown } from '../../src/domain/reading.ts';
import { judgeAccount } from '../../src/judge/account.ts';
import { withoutGone } from '../../src/pipeline/gone.ts';
import { allMetrics } from '../../src/pipeline/judge-account.ts';
import {
  account,
  clock,
  credential,
  denied,
  factsWith,
  long,
  noShared,
  planned,
  read,
  report,
  reportRow,
  role,
  special,
  user,
  window,
} from '../support/facts.ts';

const noSuchEntity = unknown(
  { code: 'UNEXPECTED', name: 'NoSuchEntityException' },
  { region: 'global', operation: 'iam:GenerateServiceLastAccessedDetails' },
);
const names = ['stays', 'goes', 'constructor'];
const facts = factsWith({
  authorization: {
    users: read(names.map((name) => user(name))),
    groups: read([]),
    roles: read(names.map((name) => role(name, long))),
    policies: read([]),
  },
  credentialReport: read({ generated: clock, users: names.map((name) => reportRow(name)), root: null }),
  serviceCredentials: {
    byService: { 'bedrock.amazonaws.com': read(names.map((name) => credential(name))), other: denied },
    byUser: { goes: denied, stays: read([credential('stays')]) },
  },
  lastAccessed: {
    [user('stays').arn]: read(report({})),
    [user('constructor').arn]: read(report({})),
    [role('stays', null).arn]: denied,
    [user('goes').arn]: noSuchEntity,
    [role('goes', null).arn]: noSuchEntity,
  },
});

test('who is gone is in no list, and who was refused is', () => {
  const { authorization, credentialReport, serviceCredentials, lastAccessed } = withoutGone(facts);
  const text = JSON.stringify([authorization, credentialReport, serviceCredentials, lastAccessed]);
  expect(text).not.toMatch(/goes/);
  expect(Object.keys(lastAccessed)).toHaveLength(3);
  expect(authorization.roles).toMatchObject({ value: [{ name: 'stays' }, { name: 'constructor' }] });
  expect(credentialReport).toMatchObject({ value: { users: [{ user: 'stays' }, { user: 'constructor' }] } });
  expect(serviceCredentials.byService['other']).toBe(denied);
});

test('where nobody is gone the facts are the very same', () => {
  const all = { ...facts, lastAccessed: { [role('stays', null).arn]: denied } };
  expect(withoutGone(all)).toBe(all);
});

test('an account where somebody was deleted meanwhile is fully measured, without a gap for it', () => {
  const whole = { ...facts, serviceCredentials: { byService: {}, byUser: {} } };
  const seen = { ...whole, lastAccessed: { ...whole.lastAccessed, [role('stays', null).arn]: read(report({})) } };
  const result = judgeAccount(
    { ...seen, ...withoutGone(seen) },
    noShared,
    planned,
    { account, attempt: 1, evidence: [] },
    { window, special, metrics: allMetrics },
  );
  expect(result.row.status).toBe('measured');
  expect(result.gaps).toEqual([]);
  expect(result.identities).toHaveLength(4);
});
