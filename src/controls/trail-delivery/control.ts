import { defineControl } from '../define.ts';
import { ownTrails } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, pass } from '../verdict.ts';

export const trailDelivery = defineControl({
  id: 'trail-delivery',
  version: 1,
  severity: 'high',
  title: 'Every trail logs, and delivers what it logs',
  method: 'Each trail that the account owns, by its status: it is logging, and its last delivery did not fail.',
  frameworks: {
    'nist-800-53-r5': ['AU-12a'],
    'pci-dss-4.0.1': ['10.2.1'],
    'iso-27001-2022': ['A.8.15'],
    'soc-2': ['CC7.2'],
    'aws-ai-security': ['AISF-DETECT-01'],
  },
  operations: ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'],
  over: ownTrails,

  needs: ({ status }) => ({ status }),
  judge: ({ status: { logging, deliveryError, lastDelivery, stopped } }) => {
    if (!logging) return fail('it is not logging', { stopped });
    return deliveryError === null
      ? pass('it is logging', { lastDelivery })
      : fail(`its last delivery failed: ${deliveryError}`, { lastDelivery });
  },
  remedy: ({ arn }) => ({
    text: 'Start logging, or correct the policy of the bucket',
    command: `aws cloudtrail start-logging --name ${word(arn)}`,
  }),
});
