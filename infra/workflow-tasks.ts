import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A Task state of a workflow file, as far as its function depends on it. */
export interface WorkflowTask {
  readonly state: string;
  readonly timeoutSeconds: number;
}

interface State {
  readonly Type: string;
  readonly MaxConcurrency?: number;
  readonly TimeoutSeconds?: number;
  readonly ItemProcessor?: Machine;
}

interface Machine {
  readonly States: Readonly<Record<string, State>>;
}

/** The order of work: the same file that the local runner reads. */
export const nightlyFile = fileURLToPath(new URL('../workflows/nightly.asl.json', import.meta.url));

/** The report of a week over the archive: the same claim, reports, seal and pointers. */
export const weeklyFile = fileURLToPath(new URL('../workflows/weekly.asl.json', import.meta.url));

/** What follows a night or week that ended where no catcher could: the same tasks, started by the event of its end. */
export const lostNightFile = fileURLToPath(new URL('../workflows/lost-night.asl.json', import.meta.url));

/** The Task states of a definition, those inside a Map included: a new state needs no edit here. */
export function tasksIn(file: string): readonly WorkflowTask[] {
  return tasksOf(JSON.parse(readFileSync(file, 'utf8')) as Machine);
}

/** The Task states of several definitions, each once: a state of one name is one function, which ends before any of them gives up. */
export function tasksInAll(files: readonly string[]): readonly WorkflowTask[] {
  const shortest = new Map<string, number>();
  for (const { state, timeoutSeconds } of files.flatMap(tasksIn))
    shortest.set(state, Math.min(shortest.get(state) ?? timeoutSeconds, timeoutSeconds));
  return [...shortest].map(([state, timeoutSeconds]) => ({ state, timeoutSeconds }));
}

function tasksOf({ States }: Machine): WorkflowTask[] {
  return Object.entries(States).flatMap(([state, { Type, TimeoutSeconds, ItemProcessor }]) => {
    if (ItemProcessor !== undefined) return tasksOf(ItemProcessor);
    if (Type !== 'Task') return [];
    if (TimeoutSeconds === undefined) throw new Error(`state \`${state}\` has no TimeoutSeconds`);
    return [{ state, timeoutSeconds: TimeoutSeconds }];
  });
}

/** How many accounts are read side by side: what the map of a definition allows. */
export function concurrencyOf(file: string): number {
  const { States } = JSON.parse(readFileSync(file, 'utf8')) as Machine;
  const map = Object.values(States).find(({ Type }) => Type === 'Map');
  if (map?.MaxConcurrency === undefined) throw new Error(`${file} has no map with a MaxConcurrency`);
  return map.MaxConcurrency;
}
