import type { Dependencies } from '../pipeline/dependencies.ts';
import { perform, type Task } from '../pipeline/task.ts';

let dependencies: Promise<Dependencies> | undefined;

/** What Lambda calls. Clients are built once per container, and only there: the local runner never loads them. */
export function onLambda<In, Out>(task: Task<In, Out>): (event: unknown) => Promise<Out> {
  return async (event) => {
    dependencies ??= import('./dependencies.ts').then(({ lambdaDependencies }) => lambdaDependencies(process.env));
    return perform(task, event, await dependencies);
  };
}
