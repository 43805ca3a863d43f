import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { night, sealReceipt } from '../../src/pipeline/payloads.ts';
import { publishNight } from '../../src/pipeline/publish-night.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({ input: z.strictObject({ night, seal: sealReceipt }), run: publishNight });
export const handler = onLambda(task);
