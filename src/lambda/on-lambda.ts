import type { Dependencies } from '../pipeline/dependencies.ts';
import { perform, type Task } from '../pipeline/task.ts';

let dependencies: Promise<Dependencies> | undefined;

/** What of Lambda's context a task is told. */
interface Context {
  getRemainingTimeInMillis(): number;
}

/** Time that writing down what was answered may take: nothing is asked any more when only this much is left. */
const toWriteDown = 90_000;

/** What Lambda calls. Clients are built once per container, and only there: the local runner never loads them. */
export function onLambda<In, Out>(task: Task<In, Out>): (event: unknown, context?: Context) => Promise<Out> {
  return async (event, context) => {
    dependencies ??= import('./dependencies.ts').then(({ lambdaDependencies }) => lambdaDependencies(process.env));
    const mayAsk = (): boolean => context === undefined || context.getRemainingTimeInMillis() > toWriteDown;
    return perform(task, event, { ...(await dependencies), mayAsk });
  };
}
