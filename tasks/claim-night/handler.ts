import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { claimNight } from '../../src/pipeline/claim-night.ts';
import { executionInput } from '../../src/pipeline/payloads.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({
  input: z.strictObject({ execution: z.string(), input: executionInput }),
  run: claimNight,
});
export const handler = onLambda(task);
