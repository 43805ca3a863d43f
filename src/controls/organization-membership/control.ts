import { defineControl } from '../define.ts';
import { theAccount } from '../populations.ts';
import { fail, pass } from '../verdict.ts';

export const organizationMembership = defineControl({
  id: 'organization-membership',
  version: 1,
  severity: 'medium',
  title: 'The account belongs to an organisation',
  method: 'AWS Organizations says which organisation the account belongs to: without one no guardrail stands above it.',
  frameworks: {
    'nist-800-53-r5': ['AC-3'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.1'],
  },
  operations: ['organizations:DescribeOrganization'],
  fromOutside: true,
  over: theAccount,

  needs: (_, { shared }) => ({ organization: shared.organization }),
  judge: ({ organization }) =>
    organization === null
      ? fail('the account belongs to no organisation')
      : pass(`it belongs to ${organization}`, { organization }),
  remedy: () => ({ text: 'Invite the account into the organisation' }),
});
