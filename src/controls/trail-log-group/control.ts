import { defineControl } from '../define.ts';
import { ownTrails } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, pass } from '../verdict.ts';

export const trailLogGroup = defineControl({
  id: 'trail-log-group',
  version: 1,
  severity: 'low',
  title: 'Every trail also delivers to CloudWatch Logs',
  method: 'Each trail that the account owns, by its log group: alarms on events need one.',
  frameworks: {
    'nist-800-53-r5': ['AU-9(2)'],
    'pci-dss-4.0.1': ['10.3.3'],
    'iso-27001-2022': ['A.8.15'],
    'soc-2': ['CC7.2'],
  },
  operations: ['cloudtrail:DescribeTrails'],
  over: ownTrails,

  needs: () => ({}),
  judge: (_, { settings: { logGroup } }) =>
    logGroup === null
      ? fail('it delivers to no log group', { logGroup })
      : pass('it delivers to a log group', { logGroup }),
  remedy: ({ arn }) => ({
    text: 'Set a log group and a role that may write to it',
    command: `aws cloudtrail update-trail --name ${word(arn)} --cloud-watch-logs-log-group-arn ARN --cloud-watch-logs-role-arn ARN`,
  }),
});
