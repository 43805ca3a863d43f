import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { failure, night } from '../../src/pipeline/payloads.ts';
import { sealFailedNight } from '../../src/pipeline/seal-failed-night.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({ input: z.strictObject({ night, failure }), run: sealFailedNight });
export const handler = onLambda(task);
