import type { Reading } from '../../domain/reading.ts';
import { defineCollector, reading } from '../define.ts';

/** Opens an account by assuming the reader role there; the temporary credentials never leave the adapter. */
export const accountAccess = defineCollector<Reading<true>, { readonly role: string | null; readonly session: string }>(
  {
    id: 'account-access',
    operations: ['sts:AssumeRole'],
    async collect(aws, { role, session }) {
      if (role === null) return { kind: 'known', value: true, at: null }; // own credentials, or a snapshot: nothing to assume
      return reading('global', 'sts:AssumeRole', async () => {
        const { at } = await aws.in('global').call('sts:AssumeRole', { RoleArn: role, RoleSessionName: session });
        return { value: true as const, at };
      });
    },
  },
);
