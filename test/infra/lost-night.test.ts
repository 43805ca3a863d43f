import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { lostNightFile, tasksIn } from '../../infra/workflow-tasks.ts';
import { taskFolder } from '../../src/domain/task-folder.ts';
import { findSealOfRun } from '../../src/evidence/chain.ts';
import type { Dependencies } from '../../src/pipeline/dependencies.ts';
import { perform, type Task } from '../../src/pipeline/task.ts';
import { demoOrganization, simulatorReaders } from '../../src/simulator/demo/index.ts';
import type { Json } from '../../src/workflow/json.ts';
import { loadWorkflow } from '../../src/workflow/load.ts';
import { runWorkflow } from '../../src/workflow/run.ts';
import { clock, inputAt, night, world } from '../support/world.ts';

const text = readFileSync(lostNightFile, 'utf8');
const functions = tasksIn(lostNightFile).map(({ state }) => [`${state}Function`, taskFolder(state)]);
const workflow = loadWorkflow(text, { Partition: 'aws', ...Object.fromEntries(functions) });
const json = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

const execution = 'arn:aws:states:eu-west-1:123456789012:execution:Nightly:one';
/** The event as EventBridge hands it over; the input of the execution is text in it. */
const ended = (status: string, executionArn = execution, cause: string | null = null) =>
  json({ source: 'aws.states', detail: { executionArn, status, input: JSON.stringify(inputAt()), cause } });

/** Runs the recovery; gives its outcome and how long it waited. */
async function recover(event: Json, dependencies: Dependencies) {
  const waits: number[] = [];
  const outcome = await runWorkflow(
    workflow,
    { id: 'recovery', name: 'recovery', input: event },
    {
      invoke: async (name, payload) => {
        const { task } = (await import(`../../tasks/${name}/handler.ts`)) as { task: Task };
        return json(await perform(task, payload, dependencies));
      },
      readObject: async () => undefined,
      writeObject: async () => {},
      sleep: async (seconds) => void waits.push(seconds),
      now: () => new Date(clock),
      random: () => 0.5,
    },
  );
  return { outcome, waits };
}

const fresh = () => world(simulatorReaders(demoOrganization(clock)));
async function claim(dependencies: Dependencies, by: string): Promise<string> {
  const { task } = (await import('../../tasks/claim-night/handler.ts')) as unknown as {
    task: Task<unknown, { night: { run: string } }>;
  };
  return (await perform(task, { execution: by, input: inputAt() }, dependencies)).night.run;
}

type Validate = (definition: object) => { errorsText(separator: string): string };
test('the definition is valid', () => {
  const validate = createRequire(import.meta.url)('asl-validator') as Validate;
  const filled = text.replace(/\$\{(\w+)\}/g, (_, name: string) => (name === 'Partition' ? 'aws' : taskFolder(name)));
  expect(validate(JSON.parse(filled) as object).errorsText('\n')).toBe('');
});

test.each(['TIMED_OUT', 'ABORTED', 'FAILED'])('a claimed night that was %s is sealed as failed', async (status) => {
  const dependencies = fresh();
  const run = await claim(dependencies, execution);
  const { outcome, waits } = await recover(ended(status), dependencies);
  expect(outcome.status).toBe('SUCCEEDED');
  expect(waits).toEqual([900]); // no function that the night started still writes
  const seal = (await findSealOfRun(dependencies.store, run))?.seal;
  expect(seal).toMatchObject({
    kind: 'failed',
    failure: { error: `Execution.${status}`, cause: 'the execution gave no cause' },
  });
});

test('the cause that the event tells is sealed', async () => {
  const dependencies = fresh();
  const run = await claim(dependencies, execution);
  await recover(ended('FAILED', execution, 'a Choice failed'), dependencies);
  expect((await findSealOfRun(dependencies.store, run))?.seal.failure?.cause).toBe('a Choice failed');
});

test('a night that was sealed already keeps its seal', async () => {
  const dependencies = fresh();
  const { outcome } = await night(dependencies);
  const before = await findSealOfRun(dependencies.store, outcome.night.run);
  await recover(ended('FAILED', `local:${outcome.night.run}`), dependencies);
  expect(before?.seal.kind).toBe('night');
  expect(await findSealOfRun(dependencies.store, outcome.night.run)).toEqual(before);
});

test('a claimed week that timed out is sealed as failed, and told apart from a night', async () => {
  const dependencies = fresh();
  const input = inputAt(clock, { kind: 'week' });
  const { task } = (await import('../../tasks/claim-night/handler.ts')) as unknown as {
    task: Task<unknown, { night: { run: string } }>;
  };
  const { night: week } = await perform(task, { execution, input }, dependencies);
  const detail = { executionArn: execution, status: 'TIMED_OUT', input: JSON.stringify(input), cause: null };
  await recover(json({ source: 'aws.states', detail }), dependencies);
  expect((await findSealOfRun(dependencies.store, week.run))?.seal).toMatchObject({
    kind: 'failed',
    scope: 'a week of nights',
    failure: { error: 'Execution.TIMED_OUT' },
  });
});

test('a duplicate start that was aborted touches nothing', async () => {
  const dependencies = fresh();
  const run = await claim(dependencies, 'another execution');
  const { outcome, waits } = await recover(ended('ABORTED'), dependencies);
  expect(outcome.status).toBe('SUCCEEDED');
  expect(waits).toEqual([]);
  expect(await findSealOfRun(dependencies.store, run)).toBeUndefined();
});
