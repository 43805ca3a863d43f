import { attempt } from './attempt.ts';
import { type Child, childArn, describeChild } from './children.ts';
import { StateFailure } from './error.ts';
import { uuid } from './functions.ts';
import { itemsOf } from './items.ts';
import type { Json } from './json.ts';
import { bounds, type MapState } from './model.ts';
import { inPool } from './pool.ts';
import { destinationOf, writeResults } from './result-writer.ts';
import { fill, fillNumber } from './template.ts';
import { type Step, scopeOf, type Visit } from './visit.ts';

/** Runs one child execution per item; a retry is a new Map Run over all items. */
export async function runMap(state: MapState, visit: Visit): Promise<Step> {
  return await attempt(state, visit, (now) => mapRun(state, now));
}

async function mapRun(state: MapState, visit: Visit): Promise<Json> {
  const { surroundings } = visit.execution;
  const id = uuid(surroundings.random);
  const destination = state.resultWriter && (await destinationOf(state.resultWriter, visit, id));
  const pending = await pendingChildren(state, visit);
  const threshold = await thresholdOf(state, visit, pending.length);
  surroundings.onEvent?.({ kind: 'map-started', path: visit.path, items: pending.length });
  const { children, failures } = await runChildren(state, visit, pending, threshold);
  const result = destination && (await writeResults({ id, label: state.label, children }, destination, visit));
  if (failures > threshold) throw exceeded(failures, pending.length);
  return result ?? children.map((child) => resultOf(child, state.label));
}

// Names are drawn in the order of the items, so that chance does not depend on which child happens to be faster.
async function pendingChildren({ source, itemSelector }: MapState, visit: Visit): Promise<readonly Child[]> {
  const items = await itemsOf(source, visit);
  const children: Child[] = [];
  for (const [index, item] of items.entries()) {
    // In ItemSelector `$states.input` is the input of the Map; the item is in the context.
    const context = { ...visit.context, Map: { Item: { Index: index, Value: item } } };
    const input = itemSelector === undefined ? item : await fill(itemSelector, scopeOf(visit, { context }));
    children.push({ name: uuid(visit.execution.surroundings.random), input, ended: undefined });
  }
  return children;
}

/** How many failures the Map bears: the lower of both thresholds, none without any. */
async function thresholdOf(state: MapState, visit: Visit, items: number): Promise<number> {
  const { toleratedFailureCount: count, toleratedFailurePercentage: percentage } = state;
  if (count === undefined && percentage === undefined) return 0;
  const scope = scopeOf(visit);
  const inNumber = count && (await fillNumber(count, scope, 'ToleratedFailureCount', bounds.ToleratedFailureCount));
  const inPercent =
    percentage &&
    (await fillNumber(percentage, scope, 'ToleratedFailurePercentage', bounds.ToleratedFailurePercentage));
  return Math.min(inNumber ?? Number.MAX_SAFE_INTEGER, inPercent === undefined ? items : (items * inPercent) / 100);
}

interface ChildrenRun {
  readonly children: readonly Child[];
  readonly failures: number;
}

// Past the threshold no further child starts. AWS also aborts the running ones; here they come to their own end.
async function runChildren(
  state: MapState,
  visit: Visit,
  pending: readonly Child[],
  threshold: number,
): Promise<ChildrenRun> {
  const width = await widthOf(state, visit);
  let failures = 0;
  const work = async (index: number): Promise<Child> => {
    const child = await runChild(state, visit, pending[index] as Child, index);
    if (child.ended?.outcome.status === 'FAILED') failures++;
    return child;
  };
  const ended = await inPool(pending.length, width, work, () => failures > threshold);
  return { children: ended.map((child, index) => child ?? (pending[index] as Child)), failures };
}

// AWS developer guide, "Distributed Map": MaxConcurrency 0 or none means 10,000 parallel children.
async function widthOf({ maxConcurrency }: MapState, visit: Visit): Promise<number> {
  if (maxConcurrency === undefined) return 10_000;
  return (await fillNumber(maxConcurrency, scopeOf(visit), 'MaxConcurrency', bounds.MaxConcurrency)) || 10_000;
}

async function runChild({ label, processor }: MapState, visit: Visit, child: Child, index: number): Promise<Child> {
  const { surroundings } = visit.execution;
  const started = surroundings.now();
  const { name, input } = child;
  const prefix = `${visit.path}[${index}].`;
  const execution = { ...visit.execution, id: childArn(label, name), name, input, prefix };
  const outcome = await visit.runMachine(processor, execution);
  surroundings.onEvent?.({ kind: 'item-finished', path: visit.path, index, status: outcome.status });
  return { ...child, ended: { outcome, started, stopped: surroundings.now() } };
}

// Without a ResultWriter AWS gives the outputs (COMPACT), and a failed child as its description (as with NONE).
function resultOf(child: Child, label: string): Json {
  const outcome = child.ended?.outcome;
  return outcome?.status === 'SUCCEEDED' ? outcome.output : describeChild(child, label);
}

function exceeded(failures: number, items: number): StateFailure {
  const cause = `The specified tolerated failure threshold was exceeded: ${failures} of ${items} items failed`;
  return new StateFailure('States.ExceedToleratedFailureThreshold', cause);
}
