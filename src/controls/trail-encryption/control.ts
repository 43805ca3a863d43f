import { defineControl } from '../define.ts';
import { ownTrails } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, pass } from '../verdict.ts';

export const trailEncryption = defineControl({
  id: 'trail-encryption',
  version: 1,
  severity: 'low',
  title: 'Every trail encrypts with a key of the organisation',
  method: 'Each trail that the account owns, by its KMS key; without one S3 encrypts with its own.',
  frameworks: {
    'cis-aws-7.0.0': ['4.5'],
    'cis-aws-5.0.0': ['3.5'],
    'cis-aws-3.0.0': ['3.5'],
    'nist-800-53-r5': ['AU-9(3)', 'SC-13', 'SC-28(1)'],
    'pci-dss-4.0.1': ['10.3.2'],
    'iso-27001-2022': ['A.5.33'],
    'soc-2': ['CC6.1'],
  },
  operations: ['cloudtrail:DescribeTrails'],
  over: ownTrails,

  needs: () => ({}),
  judge: (_, { settings: { kmsKey } }) =>
    kmsKey === null
      ? fail('no KMS key encrypts its logs', { kmsKey })
      : pass('a KMS key encrypts its logs', { kmsKey }),
  remedy: ({ arn }) => ({
    text: 'Set a KMS key whose policy lets CloudTrail encrypt',
    command: `aws cloudtrail update-trail --name ${word(arn)} --kms-key-id KEY`,
  }),
});
