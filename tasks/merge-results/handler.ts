import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { mergeResults } from '../../src/pipeline/merge-results.ts';
import { night, pointer } from '../../src/pipeline/payloads.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({
  input: z.strictObject({ night, plan: pointer, batches: pointer }),
  run: mergeResults,
});
export const handler = onLambda(task);
