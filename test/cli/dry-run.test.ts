import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { concurrencyOf, nightlyFile } from '../../infra/workflow-tasks.ts';
import { operations } from '../../src/catalogue/operations.ts';
import { ratesOf } from '../../src/catalogue/rates.ts';
import { assumed, expectedCalls, expectedSeconds } from '../../src/catalogue/workload.ts';
import { account, startAnswerServer } from '../support/answer-server.ts';
import { recorded, scratch } from '../support/command-line.ts';

const two = ['111111111111', '222222222222'];
const out = (): string => join(scratch(), 'nights');

test('accounts that are named: nothing is asked of AWS, and nothing is written', async () => {
  const root = out();
  const told = await recorded(['run', '--dry-run', '--accounts', two.join(','), '--output-dir', root]);
  expect([told.exit, told.err, existsSync(root)]).toEqual([0, '', false]);
  expect(told.out).toMatch(/^a night over 2 accounts \(named on the command line\)/);
  expect(told.out).toContain('nothing was asked of AWS');
  expect(told.out).toContain(`with ${concurrencyOf(nightlyFile)} accounts side by side`);
  for (const { action } of Object.values(operations)) expect(told.out).toContain(action);
});

test('else the organisation is asked for its accounts; where there is none, the account alone is told', async () => {
  const server = await startAnswerServer({ roles: 1, administrators: 0 });
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}`,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_REGION: 'us-east-1',
  });
  try {
    const root = out();
    const told = await recorded(['run', '--dry-run', '--json', '--output-dir', root]);
    const { accounts, how, asked } = JSON.parse(told.out) as { accounts: number; how: string; asked: number };
    expect([told.exit, accounts, asked, existsSync(root)]).toEqual([0, 1, server.calls.length, false]);
    expect(how).toContain(`${account} alone`);
    const operationsAsked = server.calls.map(({ operation }) => operation.replace(/^.*\./, ''));
    expect(operationsAsked).toEqual(['GetCallerIdentity', 'DescribeOrganization', 'ListRoots']);
  } finally {
    process.env = before;
    await server.close();
  }
});

test('a snapshot asks nothing of AWS', async () => {
  const { exit, err } = await recorded(['run', '--dry-run', '--snapshot', 'x']);
  expect([exit, err]).toEqual([64, expect.stringContaining('--snapshot asks nothing')]);
});

describe('the estimate', () => {
  const workload = { ...assumed, accounts: 40, ous: 5 };
  const of = (operation: string, more = {}) =>
    expectedCalls({ ...workload, ...more }).find((it) => it.operation === operation);
  test('names every operation of the table, and each role and user once for its report', () => {
    expect(expectedCalls(workload).map(({ operation }) => operation)).toEqual(Object.keys(operations));
    expect(of('iam:GenerateServiceLastAccessedDetails', { roles: 2_000, users: 7 })?.each).toBe(2_007);
    expect(of('organizations:ListAccountsForParent')).toMatchObject({ each: null, calls: 6 });
    expect(of('cloudtrail:DescribeTrails')).toMatchObject({ each: workload.regions, calls: 40 * workload.regions });
  });
  test('a ceiling for the whole run, more accounts and more roles all take longer', () => {
    const seconds = (more: object, maxRate: number | null = null): number => {
      const larger = { ...workload, ...more };
      return expectedSeconds(expectedCalls(larger), ratesOf({ maxRate }), larger.accounts, 20);
    };
    expect(seconds({ accounts: 400 })).toBeGreaterThan(seconds({}));
    expect(seconds({ roles: 1_000 })).toBeGreaterThan(seconds({}));
    expect(seconds({}, 1)).toBeGreaterThan(seconds({}));
  });
});
