import { accountId } from '../../../src/domain/ids.ts';
import { denied, organizationWith, read } from '../../support/facts.ts';

const member = organizationWith();
const trusted = (service: string) => read([{ service, since: null }]);
const admin = (account: string, service: string) => ({
  account: accountId(account),
  since: null,
  services: read([{ service, since: null }]),
});

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  {
    name: 'another account',
    shared: member,
    settings: {
      trustedAccess: trusted('config.amazonaws.com'),
      delegatedAdministrators: read([admin('222222222222', 'config.amazonaws.com')]),
    },
    expected: ['pass'],
  },
  { name: 'nobody', shared: member, settings: { trustedAccess: trusted('config.amazonaws.com') }, expected: ['fail'] },
  {
    name: 'for another service',
    shared: member,
    settings: {
      trustedAccess: trusted('config.amazonaws.com'),
      delegatedAdministrators: read([admin('222222222222', 'guardduty.amazonaws.com')]),
    },
    expected: ['fail'],
  },
  {
    name: 'its services were refused',
    shared: member,
    settings: {
      trustedAccess: trusted('config.amazonaws.com'),
      delegatedAdministrators: read([{ ...admin('222222222222', ''), services: denied }]),
    },
    expected: ['not-measured'],
  },
  {
    name: 'a service that takes none',
    shared: member,
    settings: { trustedAccess: trusted('compute-optimizer-x.amazonaws.com') },
    expected: ['not-applicable'],
  },
];
