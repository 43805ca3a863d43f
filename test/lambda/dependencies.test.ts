import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

describe('settings come as files', () => {
  const entry = { id: 'E', controls: ['root-mfa'], owner: 'o', reason: 'r', approver: 'a', expires: '2026-12-31' };
  function given(variable: string, content: object) {
    const file = join(mkdtempSync(join(tmpdir(), 'assay-')), 'settings.yaml');
    writeFileSync(file, JSON.stringify(content));
    return { file, environment: { ...environment, [variable]: file } };
  }

  test('exceptions: a wrong one ends the task, a right one and its file are versions of the run', () => {
    const wrong = given('EXCEPTIONS_FILE', { exceptions: [{ ...entry, controls: ['root-nfa'] }] });
    expect(() => lambdaWorld(wrong.environment)).toThrow('`root-nfa` is no control');
    const right = given('EXCEPTIONS_FILE', { exceptions: [entry] });
    const { settings } = lambdaWorld(right.environment).dependencies;
    expect(settings.exceptions).toEqual([entry]);
    expect(settings.versions['exceptions']).toBe(versions({}, [entry])['exceptions']);
    const [digest] = execFileSync('sha256sum', [right.file], { encoding: 'utf8' }).split(' ');
    expect(settings.versions['exceptionsFile']).toBe(digest);
  });

  test('configuration: thresholds, and limits of guardrails', () => {
    const controls = { 'unused-credentials': { unusedDays: 90 } };
    const file = given('CONFIGURATION_FILE', { controls, guardrails: { maxKeyAgeDays: 30 } });
    const { settings } = lambdaWorld(file.environment).dependencies;
    expect(settings.thresholds).toEqual(controls);
    expect(settings.guardrails).toMatchObject({ maxKeyAgeDays: 30 });
  });

  test('none: no exceptions', () => {
    const { versions: plain } = lambdaWorld(environment).dependencies.settings;
    expect(plain).toMatchObject({ exceptions: 'none' });
    expect(plain).not.toHaveProperty('exceptionsFile');
  });

  test('a file that the deployment lacks ends the task', () => {
    expect(() => lambdaWorld({ ...environment, EXCEPTIONS_FILE: '/nowhere/exceptions.yaml' })).toThrow('ENOENT');
  });
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
