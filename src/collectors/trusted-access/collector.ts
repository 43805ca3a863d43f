import { z } from 'zod';
import { isoDate } from '../../domain/iso-date.ts';
import type { ServicePrincipal } from '../../domain/organization-settings.ts';
import type { Reading } from '../../domain/reading.ts';
import { defineCollector, everyPage, reading } from '../define.ts';

const operation = 'organizations:ListAWSServiceAccessForOrganization';
const Page = z.object({
  EnabledServicePrincipals: z.array(z.object({ ServicePrincipal: z.string(), DateEnabled: z.string().optional() })),
});

/** Services that may act in every account of the organisation. */
export const trustedAccess = defineCollector<Reading<readonly ServicePrincipal[]>>({
  id: 'trusted-access',
  operations: [operation],
  async collect(aws) {
    return reading('global', operation, async () => {
      const { value, at } = await everyPage(aws.in('global'), operation, {}, Page);
      const enabled = value.flatMap((page) => page.EnabledServicePrincipals);
      return { value: enabled.map((it) => ({ service: it.ServicePrincipal, since: isoDate(it.DateEnabled) })), at };
    });
  },
});
