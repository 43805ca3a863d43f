import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { judgeAccount } from '../../src/pipeline/judge-account.ts';
import { night, planned, pointer, receipt } from '../../src/pipeline/payloads.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({
  input: z.object({ night, planned, organization: pointer, receipt }),
  run: judgeAccount,
});
export const handler = onLambda(task);
