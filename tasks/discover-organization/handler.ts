import { z } from 'zod';
import { onLambda } from '../../src/lambda/on-lambda.ts';
import { discoverOrganization } from '../../src/pipeline/discover-organization.ts';
import { night } from '../../src/pipeline/payloads.ts';
import { defineTask } from '../../src/pipeline/task.ts';

export const task = defineTask({ input: z.strictObject({ night }), run: discoverOrganization });
export const handler = onLambda(task);
