import { readFileSync } from 'node:fs';
import type { ExecutionInput, Night } from '../domain/night.ts';
import { taskFolder } from '../domain/task-folder.ts';
import { findSealOfRun, type StoredSeal } from '../evidence/chain.ts';
import { sealNight } from '../evidence/seal-night.ts';
import { nightOf } from '../pipeline/claim-night.ts';
import type { Dependencies } from '../pipeline/dependencies.ts';
import { perform, type Task } from '../pipeline/task.ts';
import type { Json } from '../workflow/json.ts';
import { loadWorkflow } from '../workflow/load.ts';
import { runWorkflow } from '../workflow/run.ts';
import type { Surroundings } from '../workflow/surroundings.ts';

/** How a night on this machine ended. */
export type LocalOutcome =
  | { readonly status: 'sealed'; readonly night: Night; readonly seal: StoredSeal; readonly already: boolean }
  | { readonly status: 'failed'; readonly night: Night; readonly error: string; readonly cause: string };

export interface LocalNight {
  readonly input: ExecutionInput;
  readonly dependencies: Dependencies;
  readonly onEvent: Surroundings['onEvent'] & {};
  sleep(seconds: number): Promise<void>;
}

const root = new URL('../../', import.meta.url);

/**
 * Runs `workflows/nightly.asl.json` in this process, with the tasks that Lambda runs in the cloud. A night that is sealed already is
 * told, not repeated; one that was cut off is taken up again.
 */
export async function runLocalNight({ input, dependencies, onEvent, sleep }: LocalNight): Promise<LocalOutcome> {
  const { store, settings } = dependencies;
  const night = nightOf(input, settings.versions);
  const standing = await findSealOfRun(store, night.run);
  if (standing !== undefined)
    return { status: 'sealed', night, seal: await sealNight(store, dependencies.signer, standing.seal), already: true };
  const outcome = await runWorkflow(
    nightly(),
    { id: `local:${night.run}`, name: `night-${night.run}`, input: toJson(input) },
    {
      invoke: async (name, payload) => toJson(await perform(await taskOf(name), payload, dependencies)),
      readObject: (_bucket, key) => store.get('work', key),
      writeObject: (_bucket, key, bytes) => store.put('work', key, bytes),
      sleep,
      now: () => new Date(),
      random: Math.random,
      onEvent,
    },
  );
  if (outcome.status === 'FAILED') return { status: 'failed', night, error: outcome.error, cause: outcome.cause };
  const seal = await findSealOfRun(store, night.run);
  if (seal === undefined)
    return {
      status: 'failed',
      night,
      error: 'NightUnsealed',
      cause: 'the workflow ended without a seal: another run holds the claim',
    };
  return { status: 'sealed', night, seal, already: false };
}

const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** The definition with the names this machine gives to functions and buckets: a function is the folder of its task. */
function nightly() {
  const text = readFileSync(new URL('workflows/nightly.asl.json', root), 'utf8');
  const functions = [...new Set([...text.matchAll(/\$\{(\w+)Function\}/g)].map(([, state]) => state ?? ''))];
  return loadWorkflow(text, {
    Partition: 'aws',
    WorkBucket: 'work',
    ...Object.fromEntries(functions.map((state) => [`${state}Function`, taskFolder(state)])),
  });
}

async function taskOf(folder: string): Promise<Task> {
  const module = (await import(new URL(`tasks/${folder}/handler.ts`, root).href)) as { task: Task };
  return module.task;
}
