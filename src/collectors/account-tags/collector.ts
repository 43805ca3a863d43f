import { z } from 'zod';
import type { AccountId } from '../../domain/ids.ts';
import type { OrganizationSettings } from '../../domain/organization-settings.ts';
import { defineCollector, everyPage } from '../define.ts';
import { ofEach, orNone } from '../lists.ts';

const operation = 'organizations:ListTagsForResource';
const Page = z.object({ Tags: z.array(z.object({ Key: z.string(), Value: z.string() })) });
/** The account has left the organisation since the list was read. */
const gone = ['TargetNotFoundException'];

/** Tags of each account, as the organisation keeps them; one call per account, since no list carries them. */
export const accountTags = defineCollector<
  OrganizationSettings['accountTags'],
  { readonly accounts: readonly AccountId[] }
>({
  id: 'account-tags',
  operations: [operation],
  async collect(aws, { accounts }) {
    return ofEach(operation, accounts, (ResourceId) =>
      orNone<Record<string, string>, Record<string, string>>(gone, {}, async () => {
        const { value, at } = await everyPage(aws.in('global'), operation, { ResourceId }, Page);
        return {
          value: Object.fromEntries(value.flatMap((page) => page.Tags).map(({ Key, Value }) => [Key, Value])),
          at,
        };
      }),
    );
  },
});
