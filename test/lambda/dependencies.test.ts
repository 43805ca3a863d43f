import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { concurrencyOf, nightlyFile } from '../../infra/workflow-tasks.ts';
import { evenly, ratesOf } from '../../src/catalogue/rates.ts';
import { lambdaWorld, rateOptionsIn } from '../../src/lambda/dependencies.ts';
import { versions } from '../../src/pipeline/versions.ts';

const environment = {
  ARCHIVE_BUCKET: 'a',
  PORTAL_BUCKET: 'p',
  WORK_BUCKET: 'w',
  READER_ROLE: 'AssayReader',
  SEALING_KEY: 'k',
  MAP_CONCURRENCY: '20',
};

test.each([
  { name: 'no part of the map', given: { ...environment, MAP_CONCURRENCY: '' }, told: 'MAP_CONCURRENCY is not set' },
  { name: 'a part that is no number', given: { ...environment, MAP_CONCURRENCY: 'x' }, told: 'not a number above 0' },
  { name: 'a rate that is none', given: { ...environment, IAM_RATE: '0' }, told: 'IAM_RATE is not a number above 0' },
])('$name ends the task at once', ({ given, told }) => {
  expect(() => lambdaWorld(given)).toThrow(told);
});

test('exceptions come through the environment: a wrong one ends the task, a right one is a version of the run', () => {
  const entry = { id: 'E', controls: ['root-mfa'], owner: 'o', reason: 'r', approver: 'a', expires: '2026-12-31' };
  const given = (exceptions: object[]) => ({ ...environment, EXCEPTIONS: JSON.stringify({ exceptions }) });
  expect(() => lambdaWorld(given([{ ...entry, controls: ['root-nfa'] }]))).toThrow('`root-nfa` is no control');
  const { settings } = lambdaWorld(given([entry])).dependencies;
  expect(settings.exceptions).toEqual([entry]);
  expect(settings.versions['exceptions']).toBe(versions({}, [entry])['exceptions']);
  expect(lambdaWorld(environment).dependencies.settings.versions['exceptions']).toBe('none');
});

describe('a function asks AWS within its part of the rates', () => {
  let throttled = 0;
  let arrived = 0;
  const server = createServer((req, res) => {
    req.resume().on('end', () => {
      arrived += 1;
      const refuse = throttled > 0;
      throttled -= 1;
      const xml = refuse
        ? '<ErrorResponse><Error><Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>'
        : '<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap></SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>';
      res.writeHead(refuse ? 400 : 200, { 'content-type': 'text/xml' }).end(xml);
    });
  });
  const before = { ...process.env };
  beforeAll(async () => {
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
  });
  afterAll(() => {
    process.env = before;
    server.closeAllConnections();
    server.close();
  });

  test('a throttled call is asked again by us, not by the SDK, and counted; the count starts anew with each task', async () => {
    const { dependencies, calls } = lambdaWorld(environment);
    const reader = dependencies.readers.for({ account: 'organization', region: 'global' }); // our own credentials, nothing to ask first
    throttled = 1;
    await reader.call('iam:GetAccountSummary', {});
    expect(arrived).toBe(2);
    expect(calls()).toMatchObject({ calls: 2, throttled: 1, askedAgain: 1, byService: { iam: { calls: 2 } } });
    expect(calls()).toMatchObject({ calls: 0, byService: {} });
  });
});

test('what holds for all functions is divided among as many as the map runs; what AWS counts in each account is not', () => {
  const rates = ratesOf(rateOptionsIn({ ...environment, MAX_RATE: '100', IAM_RATE: '40' }));
  expect(rates.run).toEqual(evenly(5));
  expect(rates.limitOf('iam:GetAccountSummary')).toMatchObject({ account: evenly(10), organization: evenly(2) });
  expect(rates.limitOf('sts:AssumeRole').organization).toEqual(evenly(30));
  expect(ratesOf(rateOptionsIn(environment))).toMatchObject({ run: null });
});

test('the map says how many functions there are', () => {
  expect(concurrencyOf(nightlyFile)).toBeGreaterThan(1);
});
