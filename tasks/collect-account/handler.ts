import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { collectAccount } from '../../src/pipeline/collect-account.ts';
import { night, planned, pointer } from '../../src/pipeline/payloads.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({
  input: z.object({ night, planned, organization: pointer, asked: z.number().int() }),
  run: collectAccount,
});
export const handler = onLambda(task);
