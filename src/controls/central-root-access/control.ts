import { defineControl } from '../define.ts';
import { theOrganization } from '../organization.ts';
import { fail, pass } from '../verdict.ts';

export const centralRootAccess = defineControl({
  id: 'central-root-access',
  version: 1,
  severity: 'high',
  title: 'Root credentials of member accounts are managed centrally',
  method: 'The features of central root access that are enabled in the organisation.',
  frameworks: {
    'cis-aws-7.0.0': ['2.1.1'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-6(2)'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:ListOrganizationsFeatures'],
  over: theOrganization,

  needs: (_, { settings }) => ({ features: settings.rootFeatures }),
  judge: ({ features }) =>
    features.includes('RootCredentialsManagement')
      ? pass('root credentials of members are managed centrally', { features })
      : fail('every member keeps the credentials of its root user', { features }),
  remedy: () => ({
    text: 'Enable central root access, then delete the root credentials of the members',
    command: 'aws iam enable-organizations-root-credentials-management',
  }),
});
