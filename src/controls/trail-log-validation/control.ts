import { defineControl } from '../define.ts';
import { ownTrails } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, notMeasured, pass } from '../verdict.ts';

export const trailLogValidation = defineControl({
  id: 'trail-log-validation',
  version: 1,
  severity: 'medium',
  title: 'Every trail signs what it delivers',
  method: 'Each trail that the account owns, by its setting of log file validation.',
  frameworks: {
    'cis-aws-7.0.0': ['4.2'],
    'cis-aws-5.0.0': ['3.2'],
    'cis-aws-3.0.0': ['3.2'],
    'nist-800-53-r5': ['AU-9a', 'SI-7(1)', 'SI-7(3)', 'SI-7(7)'],
    'pci-dss-4.0.1': ['10.3.2', '10.3.4'],
    'iso-27001-2022': ['A.5.28', 'A.5.33', 'A.8.15'],
    'soc-2': ['CC7.3'],
    'aws-ai-security': ['AISF-DETECT-01'],
  },
  operations: ['cloudtrail:DescribeTrails'],
  over: ownTrails,

  needs: () => ({}),
  judge: (_, { settings: { validated } }) =>
    validated === null
      ? notMeasured({ code: 'NOT_IN_SNAPSHOT', operation: 'cloudtrail:DescribeTrails LogFileValidationEnabled' })
      : validated
        ? pass('log file validation is on')
        : fail('log file validation is off'),
  remedy: ({ arn }) => ({
    text: 'Turn log file validation on',
    command: `aws cloudtrail update-trail --name ${word(arn)} --enable-log-file-validation`,
  }),
});
