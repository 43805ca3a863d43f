import { readFileSync } from 'node:fs';

const text = readFileSync(new URL('../../../workflows/nightly.asl.json', import.meta.url), 'utf8');

/** States that are a Lambda function, in the order of the file. */
export const taskStates: readonly string[] = [
  ...new Set([...text.matchAll(/\$\{(\w+)Function\}/g)].map(([, state]) => state as string)),
];

/** The nightly file with its placeholders filled in; a function bears the name of its state. */
export const nightly = (workBucket: string): string =>
  text.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    if (name === 'Partition') return 'aws';
    return name === 'WorkBucket' ? workBucket : name.replace(/Function$/, '');
  });
