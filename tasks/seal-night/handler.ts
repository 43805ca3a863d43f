import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { night, pointer, reports } from '../../src/pipeline/payloads.ts';
import { sealNight } from '../../src/pipeline/seal-night.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({ input: z.strictObject({ night, summary: pointer, reports }), run: sealNight });
export const handler = onLambda(task);
