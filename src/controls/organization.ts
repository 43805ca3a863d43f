import type { ServicePrincipal } from '../domain/organization-settings.ts';
import type { Population } from './define.ts';
import { listed, unreadOf } from './populations.ts';
import type { OrganizationSubject } from './subject.ts';

/** The organisation as a whole; an account on its own has none. */
export const theOrganization: Population<OrganizationSubject, string> = {
  scope: 'organization',
  type: 'organisation',
  nobody: 'there is no organisation',
  list: ({ shared: { organization } }) => ({
    items: organization.kind === 'known' && organization.value !== null ? [organization.value] : [],
    unread: unreadOf([organization]),
  }),
  resource: (id) => id,
};

/**
 * Services that are known to take a delegated administrator, a part of the table in the Organizations user guide ("services that you can use with
 * Organizations"). A service that is not here is not judged.
 */
const delegable: ReadonlySet<string> = new Set(
  [
    'access-analyzer',
    'account',
    'auditmanager',
    'backup',
    'cloudtrail',
    'config',
    'config-multiaccountsetup',
    'detective',
    'devops-guru',
    'fms',
    'guardduty',
    'iam',
    'inspector2',
    'macie',
    'member.org.stacksets.cloudformation',
    'securityhub',
    'securitylake',
    'ssm',
    'sso',
    'storage-lens.s3',
  ].map((name) => `${name}.amazonaws.com`),
);

/** Services that may act in the whole organisation and take a delegated administrator. */
export const delegableServices: Population<OrganizationSubject, ServicePrincipal> = {
  scope: 'organization',
  type: 'service with trusted access',
  nobody: 'no service with trusted access takes a delegated administrator',
  list: ({ settings }) => {
    const { items, unread } = listed(settings.trustedAccess);
    return { items: items.filter(({ service }) => delegable.has(service)), unread };
  },
  resource: ({ service }) => service,
};
