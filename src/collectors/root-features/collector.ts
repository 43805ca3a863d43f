import { z } from 'zod';
import type { Reading } from '../../domain/reading.ts';
import { defineCollector, oneAnswer, reading } from '../define.ts';
import { orNone } from '../lists.ts';

const operation = 'iam:ListOrganizationsFeatures';
const Features = z.object({ EnabledFeatures: z.array(z.string()).optional() });
/** Without trusted access for IAM, or without all features of Organizations, none can be on (domain facts E.4). */
const cannotBeOn = ['ServiceAccessNotEnabledException', 'OrganizationNotInAllFeaturesModeException'];

/** Central root access: whether members' root credentials are managed, and root sessions opened, from the management account. */
export const rootFeatures = defineCollector<Reading<readonly string[]>>({
  id: 'root-features',
  operations: [operation],
  async collect(aws) {
    return reading('global', operation, () =>
      orNone<readonly string[], readonly string[]>(cannotBeOn, [], async () => {
        const { value, at } = await oneAnswer(aws.in('global'), operation, {}, Features);
        return { value: value.EnabledFeatures ?? [], at };
      }),
    );
  },
});
