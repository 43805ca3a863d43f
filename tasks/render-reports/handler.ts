import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { night, pointer } from '../../src/pipeline/payloads.ts';
import { renderReports } from '../../src/pipeline/render-reports.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({ input: z.strictObject({ night, summary: pointer }), run: renderReports });
export const handler = onLambda(task);
