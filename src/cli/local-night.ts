import { readFileSync } from 'node:fs';
import type { ExecutionInput, Night } from '../domain/night.ts';
import type { AccountStatus } from '../domain/tables.ts';
import { taskFolder } from '../domain/task-folder.ts';
import { findSealOfRun, type StoredSeal } from '../evidence/chain.ts';
import { sealNight } from '../evidence/seal-night.ts';
import { nightOf } from '../pipeline/claim-night.ts';
import type { Dependencies } from '../pipeline/dependencies.ts';
import type { AccountVerdict } from '../pipeline/judge-account.ts';
import { work } from '../pipeline/keys.ts';
import { perform, type Task } from '../pipeline/task.ts';
import type { Json } from '../workflow/json.ts';
import { loadWorkflow } from '../workflow/load.ts';
import { runWorkflow } from '../workflow/run.ts';
import type { Surroundings } from '../workflow/surroundings.ts';

/** How a night on this machine ended. */
export type LocalOutcome =
  | { readonly status: 'sealed'; readonly night: Night; readonly seal: StoredSeal; readonly already: boolean }
  | { readonly status: 'stopped'; readonly night: Night }
  | { readonly status: 'failed'; readonly night: Night; readonly error: string; readonly cause: string };

export interface LocalNight {
  readonly input: ExecutionInput;
  readonly dependencies: Dependencies;
  readonly onEvent: Surroundings['onEvent'] & {};
  /** Told of each account that has its result. */
  readonly onAccount?: (status: AccountStatus) => void;
  sleep(seconds: number): Promise<void>;
  /** Resolves when somebody wants to stop: tasks finish what they are at, and the night can be taken up again. */
  readonly stop?: Promise<void>;
}

const root = new URL('../../', import.meta.url);

/** The tasks that give an account its result. */
const endsAccount = new Set(['judge-account', 'record-account-gap']);

/**
 * Runs `workflows/nightly.asl.json`, or `weekly.asl.json` for a week, in this process, with the tasks that Lambda runs in the cloud. A night that is sealed already is
 * told, not repeated; one that was cut off is taken up again.
 */
export async function runLocalNight({
  input,
  dependencies,
  onEvent,
  onAccount = () => {},
  sleep,
  stop,
}: LocalNight): Promise<LocalOutcome> {
  const { store, settings } = dependencies;
  const night = nightOf(input, settings.versions);
  const standing = await findSealOfRun(store, night.run);
  if (standing !== undefined)
    return { status: 'sealed', night, seal: await sealNight(store, dependencies.signer, standing.seal), already: true };
  await store.put('work', work.input(night.run), Buffer.from(JSON.stringify(input)));
  const halt = new Halt(stop);
  const halting = { ...dependencies, mayAsk: () => !halt.wanted };
  const running = runWorkflow(
    definitionOf(night.kind),
    { id: `local:${night.run}`, name: `${night.kind}-${night.run}`, input: toJson(input) },
    {
      invoke: (name, payload) =>
        halt.guard(async () => {
          const result = await perform(await taskOf(name), payload, halting);
          if (endsAccount.has(name)) onAccount((result as AccountVerdict).status);
          return toJson(result);
        }),
      readObject: (_bucket, key) => store.get('work', key),
      writeObject: (_bucket, key, bytes) => store.put('work', key, bytes),
      sleep,
      now: () => new Date(),
      random: Math.random,
      onEvent,
    },
  );
  const outcome = await Promise.race([running, halt.idle]);
  if (outcome === 'halted') return { status: 'stopped', night };
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

/** The newest night of a directory that was begun and has no seal; null where there is none. */
export async function unfinishedNight(store: Dependencies['store']): Promise<ExecutionInput | null> {
  const begun: ExecutionInput[] = [];
  for await (const key of store.list('work', 'run=')) {
    const run = /^run=([0-9a-f]{12})\/input\.json$/.exec(key)?.[1];
    if (run === undefined || (await findSealOfRun(store, run)) !== undefined) continue;
    const bytes = await store.get('work', key);
    if (bytes !== undefined) begun.push(JSON.parse(Buffer.from(bytes).toString('utf8')) as ExecutionInput);
  }
  return (
    begun.filter(({ kind }) => kind === 'night').sort((a, b) => (a.scheduledTime < b.scheduledTime ? 1 : -1))[0] ?? null
  );
}

const toJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** The definition with the names this machine gives to functions and buckets: a function is the folder of its task. */
function definitionOf(kind: Night['kind']) {
  const text = readFileSync(new URL(`workflows/${kind}ly.asl.json`, root), 'utf8');
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

/** Lets tasks under way come to their end once somebody wants to stop, and begins no other. */
class Halt {
  wanted = false;
  readonly idle: Promise<'halted'>;
  #underWay = 0;
  #tell: (word: 'halted') => void = () => {};

  constructor(stop: Promise<void> | undefined) {
    this.idle = new Promise((resolve) => {
      this.#tell = resolve;
    });
    void stop?.then(() => {
      this.wanted = true;
      this.#check();
    });
  }

  guard<T>(task: () => Promise<T>): Promise<T> {
    if (this.wanted) return new Promise(() => {}); // the execution is left where it stands
    this.#underWay += 1;
    return task().finally(() => {
      this.#underWay -= 1;
      this.#check();
    });
  }

  #check(): void {
    if (this.wanted && this.#underWay === 0) this.#tell('halted');
  }
}
