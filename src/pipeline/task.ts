import type { z } from 'zod';
import type { Dependencies } from './dependencies.ts';

/** A Task state as code: the shape of its payload and what it does, with the outside world as an argument. */
export interface Task<In = unknown, Out = unknown> {
  readonly input: z.ZodType<In>;
  run(input: In, dependencies: Dependencies): Promise<Out>;
}

export const defineTask = <In, Out>(task: Task<In, Out>): Task<In, Out> => task;

/** Parses the payload and runs the task: the local runner and Lambda both come through here. */
export function perform<In, Out>(task: Task<In, Out>, payload: unknown, dependencies: Dependencies): Promise<Out> {
  return task.run(task.input.parse(payload), dependencies);
}
