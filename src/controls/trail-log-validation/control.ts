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
  frameworks: { 'cis-aws-7.0.0': ['4.2'], 'cis-aws-5.0.0': ['3.2'], 'cis-aws-3.0.0': ['3.2'] },
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
