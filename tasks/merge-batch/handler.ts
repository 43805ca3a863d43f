import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { mergeBatch } from '../../src/pipeline/merge-batch.ts';
import { batch, night, pointer } from '../../src/pipeline/payloads.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({ input: z.strictObject({ night, plan: pointer, batch }), run: mergeBatch });
export const handler = onLambda(task);
