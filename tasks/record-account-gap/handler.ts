import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { failure, night, planned } from '../../src/pipeline/payloads.ts';
import { recordAccountGap } from '../../src/pipeline/record-account-gap.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({ input: z.object({ night, planned, failure }), run: recordAccountGap });
export const handler = onLambda(task);
