import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lostNightFile, nightlyFile, tasksIn, tasksInAll, weeklyFile } from '../../infra/workflow-tasks.ts';
import { executionInput } from '../../src/pipeline/payloads.ts';
import { type Resource, resourcesOf, synthesised, synthesisedWithAssets } from './synthesised.ts';

const template = synthesised();
const functions = resourcesOf(template, 'AWS::Lambda::Function');
const functionOf = (state: string) =>
  Object.entries(functions).find(([id]) => id.startsWith(`${state}Function`)) as [string, Resource];
const only = (type: string): Resource => Object.values(resourcesOf(template, type))[0] as Resource;
const tasks = tasksInAll([nightlyFile, weeklyFile]);
const machineOf = (name: string): Resource => {
  const machines = resourcesOf(template, 'AWS::StepFunctions::StateMachine');
  return Object.entries(machines).find(([id]) => id.startsWith(name))?.[1] as Resource;
};

test('the workflow has tasks, those inside the map included', () =>
  expect(tasks.map(({ state }) => state)).toEqual(
    expect.arrayContaining(['ClaimNight', 'CollectAccount', 'ComparePeriod']),
  ));

describe.each(tasks)('$state', ({ state, timeoutSeconds }) => {
  test('has a function that ends before the state does', () => {
    const { Properties } = functionOf(state)[1];
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Handler: 'index.handler' });
    expect(Properties.Timeout).toBeLessThan(timeoutSeconds);
    expect(Properties.Timeout).toBeGreaterThan(0);
  });
  test('is told everything the function reads from its environment', () => {
    const source = readFileSync(new URL('../../src/lambda/dependencies.ts', import.meta.url), 'utf8');
    const needed = [...source.matchAll(/setting\(environment, '(\w+)'\)/g)].map(([, name]) => name as string);
    expect(needed).toHaveLength(6);
    expect(Object.keys(functionOf(state)[1].Properties.Environment.Variables)).toEqual(expect.arrayContaining(needed));
  });
  test('keeps its log for a year', () => {
    const group = functionOf(state)[1].Properties.LoggingConfig.LogGroup.Ref as string;
    expect(resourcesOf(template, 'AWS::Logs::LogGroup')[group]?.Properties.RetentionInDays).toBe(365);
  });
});

test.each([
  { name: 'Nightly', file: nightlyFile },
  { name: 'Weekly', file: weeklyFile },
  { name: 'Recovery', file: lostNightFile },
])('$name: every placeholder of the file is filled in, functions with their own', ({ name, file }) => {
  const { DefinitionSubstitutions } = machineOf(name).Properties;
  const wanted = [...readFileSync(file, 'utf8').matchAll(/\$\{(\w+)\}/g)].map(
    ([, placeholder]) => placeholder as string,
  );
  expect(Object.keys(DefinitionSubstitutions).sort()).toEqual([...new Set(wanted)].sort());
  for (const { state } of tasksIn(file))
    expect(DefinitionSubstitutions[`${state}Function`]).toEqual({ 'Fn::GetAtt': [functionOf(state)[0], 'Arn'] });
});

test('a night or week that ends badly, and no child of a map, is handed to the recovery', () => {
  const { EventPattern, Targets } = only('AWS::Events::Rule').Properties;
  const id = (machine: string) => expect.stringMatching(new RegExp(`^${machine}StateMachine`));
  expect(EventPattern).toEqual({
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: {
      status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
      stateMachineArn: [{ Ref: id('Nightly') }, { Ref: id('Weekly') }],
    },
  });
  expect(Targets).toMatchObject([{ Arn: { Ref: id('Recovery') } }]);
});

const schedules = Object.values(resourcesOf(template, 'AWS::Scheduler::Schedule')).map(({ Properties }) => Properties);

test.each([
  { kind: 'night', machine: 'Nightly', cron: 'cron(0 2 * * ? *)' },
  { kind: 'week', machine: 'Weekly', cron: 'cron(0 8 ? * MON *)' },
])(
  'the schedule of the $kind hands over an execution input that parses once the scheduler has filled in the time',
  ({ kind, machine, cron }) => {
    const schedule = schedules.find(({ Target }) => Target.Input.includes(`"kind":"${kind}"`));
    const input = JSON.parse(schedule.Target.Input.replace('<aws.scheduler.scheduled-time>', '2026-03-22T02:00:00Z'));
    expect(executionInput.parse(input)).toEqual(input);
    expect(input).toMatchObject({ scheduledTime: '2026-03-22T02:00:00Z', kind, input: { source: 'aws' } });
    expect(schedule).toMatchObject({
      ScheduleExpression: cron,
      ScheduleExpressionTimezone: 'Etc/UTC', // a run bears the UTC date of its clock
      Target: { Arn: { Ref: expect.stringMatching(new RegExp(`^${machine}StateMachine`)) } },
    });
  },
);

test('the day and hour of the week can be set, and another word than a day does not synthesise', () => {
  const given = { 'assay:week-day': 'FRI', 'assay:week-hour': '17' };
  const set = Object.values(resourcesOf(synthesised(given), 'AWS::Scheduler::Schedule')).map(
    ({ Properties }) => Properties,
  );
  expect(set.map(({ ScheduleExpression }) => ScheduleExpression)).toContain('cron(0 17 ? * FRI *)');
  expect(() => synthesised({ 'assay:week-day': 'Friday' })).toThrow();
});

test('the printer finds its browser in a layer', () => {
  const { Properties } = functionOf('RenderReports')[1];
  expect(Properties.Layers).toHaveLength(1);
  expect(Properties.Environment.Variables.CHROMIUM_BIN).toBe('/opt');
});

test('a day without a good night raises an alarm, also when nothing ran', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ExecutionsSucceeded',
    Period: 86_400,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
});

test('seven days without a good week raise one too: as far back as CloudWatch looks', () => {
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ExecutionsSucceeded',
    Period: 86_400,
    EvaluationPeriods: 7,
    DatapointsToAlarm: 7,
    TreatMissingData: 'breaching',
  });
});

test.each(['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'])('%s raises an alarm', (MetricName) =>
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName, Threshold: 1 }),
);

/** The files that every function finds in the layer of settings. */
function filesOf(context: Record<string, string>): Map<string, string> {
  const { template, folderOf } = synthesisedWithAssets(context);
  const told = Object.values(resourcesOf(template, 'AWS::Lambda::Function'));
  expect(told).toHaveLength(tasks.length);
  const [layer, ...others] = Object.entries(resourcesOf(template, 'AWS::Lambda::LayerVersion')).filter(([id]) =>
    id.startsWith('Settings'),
  );
  expect(others).toEqual([]);
  const found = new Map<string, string>();
  for (const { Properties } of told) {
    expect(Properties.Layers).toContainEqual({ Ref: layer?.[0] });
    for (const [name, path] of Object.entries<string>(Properties.Environment.Variables))
      if (name.endsWith('_FILE'))
        found.set(name, readFileSync(join(folderOf(layer?.[1] as Resource), path.slice('/opt/'.length)), 'utf8'));
  }
  return found;
}

test('a file of exceptions is checked while the template is made, and reaches every function as it is', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'assay-')), 'exceptions.yaml');
  const entry = { id: 'E', controls: ['root-mfa'], owner: 'o', reason: 'r', approver: 'a', expires: '2026-12-31' };
  const many = Array.from({ length: 2_000 }, (_, at) => ({ ...entry, id: `E${at}` }));
  const text = `# agreed\n${JSON.stringify({ exceptions: many })}\n`;
  writeFileSync(file, text);
  expect(filesOf({ 'assay:exceptions': file })).toEqual(new Map([['EXCEPTIONS_FILE', text]]));
  writeFileSync(file, 'exceptions:\n  - id: E\n');
  expect(() => synthesised({ 'assay:exceptions': file })).toThrow('line 2, column 5: exceptions.0.controls: expected');
  writeFileSync(file, Buffer.from('# caf\xe9\n', 'latin1'));
  expect(() => synthesised({ 'assay:exceptions': file })).toThrow('not UTF-8');
});

test('a configuration file is checked while the template is made, and reaches every function as it is', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'assay-')), 'assay.yaml');
  const text = 'controls:\n  unused-credentials:\n    unusedDays: 90\nguardrails:\n  maxKeyAgeDays: 30\n';
  writeFileSync(file, text);
  expect(filesOf({ 'assay:configuration': file })).toEqual(new Map([['CONFIGURATION_FILE', text]]));
  writeFileSync(file, 'controls:\n  nothing-like-it: {}\n');
  expect(() => synthesised({ 'assay:configuration': file })).toThrow('line 2, column 3: unknown key `nothing-like-it`');
});
