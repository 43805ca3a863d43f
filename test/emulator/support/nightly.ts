import { readFileSync } from 'node:fs';

/** A workflow file, for an engine in which a function bears the name of its state. */
export interface Workflow {
  /** States that are a Lambda function, in the order of the file. */
  readonly taskStates: readonly string[];
  /** The file with its placeholders filled in. */
  readonly definition: (workBucket: string) => string;
}

function workflow(name: string): Workflow {
  const text = readFileSync(new URL(`../../../workflows/${name}.asl.json`, import.meta.url), 'utf8');
  return {
    taskStates: [...new Set([...text.matchAll(/\$\{(\w+)Function\}/g)].map(([, state]) => state as string))],
    definition: (workBucket) =>
      text.replace(/\$\{(\w+)\}/g, (_, placeholder: string) => {
        if (placeholder === 'Partition') return 'aws';
        return placeholder === 'WorkBucket' ? workBucket : placeholder.replace(/Function$/, '');
      }),
  };
}

export const { taskStates, definition: nightly } = workflow('nightly');
export const weekly = workflow('weekly');
