import { perform, type Task } from '../pipeline/task.ts';
import type { LambdaWorld } from './dependencies.ts';

let world: Promise<LambdaWorld> | undefined;

/** What of Lambda's context a task is told. */
interface Context {
  getRemainingTimeInMillis(): number;
}

/** Time that writing down what was answered may take: nothing is asked any more when only this much is left. */
const toWriteDown = 90_000;

/** What Lambda calls. Clients are built once per container, and only there: the local runner never loads them. */
export function onLambda<In, Out>(task: Task<In, Out>): (event: unknown, context?: Context) => Promise<Out> {
  return async (event, context) => {
    world ??= import('./dependencies.ts').then(({ lambdaWorld }) => lambdaWorld(process.env));
    const { dependencies, calls } = await world;
    const mayAsk = (): boolean => context === undefined || context.getRemainingTimeInMillis() > toWriteDown;
    try {
      return await perform(task, event, { ...dependencies, mayAsk });
    } finally {
      const made = calls();
      if (made.calls > 0) process.stdout.write(`${JSON.stringify({ calls: made })}\n`);
    }
  };
}
