import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { night } from '../../src/pipeline/payloads.ts';
import { selectNights } from '../../src/pipeline/select-nights.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({ input: z.strictObject({ night }), run: selectNights });
export const handler = onLambda(task);
