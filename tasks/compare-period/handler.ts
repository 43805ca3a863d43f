import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { comparePeriod } from '../../src/pipeline/compare-period.ts';
import { night, pointer } from '../../src/pipeline/payloads.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({ input: z.strictObject({ night, nights: pointer }), run: comparePeriod });
export const handler = onLambda(task);
