import { z } from 'zod';
import { accountId } from '../../domain/ids.ts';
import { isoDate } from '../../domain/iso-date.ts';
import type { DelegatedAdministrator, ServicePrincipal } from '../../domain/organization-settings.ts';
import type { Reading } from '../../domain/reading.ts';
import { defineCollector, everyPage, reading } from '../define.ts';
import { orNone } from '../lists.ts';

const accounts = 'organizations:ListDelegatedAdministrators';
const services = 'organizations:ListDelegatedServicesForAccount';
const Accounts = z.object({
  DelegatedAdministrators: z.array(
    z.object({ Id: z.string().regex(/^\d{12}$/), DelegationEnabledDate: z.string().optional() }),
  ),
});
const Services = z.object({
  DelegatedServices: z.array(z.object({ ServicePrincipal: z.string(), DelegationEnabledDate: z.string().optional() })),
});
/** The account has stopped to be one since the list was read. */
const gone = ['AccountNotRegisteredException'];

/** Accounts that run a service for the whole organisation, each with its services. */
export const delegatedAdministrators = defineCollector<Reading<readonly DelegatedAdministrator[]>>({
  id: 'delegated-administrators',
  operations: [accounts, services],
  async collect(aws) {
    const reader = aws.in('global');
    return reading('global', accounts, async () => {
      const { value, at } = await everyPage(reader, accounts, {}, Accounts);
      const found: DelegatedAdministrator[] = [];
      for (const { Id, DelegationEnabledDate } of value.flatMap((page) => page.DelegatedAdministrators))
        found.push({
          account: accountId(Id),
          since: isoDate(DelegationEnabledDate),
          services: await reading('global', services, () =>
            orNone<readonly ServicePrincipal[], readonly ServicePrincipal[]>(gone, [], async () => {
              const list = await everyPage(reader, services, { AccountId: Id }, Services);
              const delegated = list.value.flatMap((page) => page.DelegatedServices);
              return {
                value: delegated.map((it) => ({
                  service: it.ServicePrincipal,
                  since: isoDate(it.DelegationEnabledDate),
                })),
                at: list.at,
              };
            }),
          ),
        });
      return { value: found, at };
    });
  },
});
