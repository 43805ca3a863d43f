import { type Framework, requirementsOf } from './framework.ts';

/** PCI DSS 4.0.1: ids, with labels of our own. */
export const pciDss4: Framework<'pci-dss-4.0.1'> = {
  id: 'pci-dss-4.0.1',
  name: 'PCI DSS v4.0.1',
  listed:
    'Requirements of sections 7, 8 and 10 that identities, credentials and trails can speak to. Assay does not know which accounts hold cardholder data: a result is of all accounts measured.',
  source:
    'Base ids as in a public mapping for AWS and in the conformance packs of AWS Config. Ids marked as proposals were not in it.',
  requirements: requirementsOf(
    [
      [
        '7.2.4',
        'User accounts and access are reviewed',
        'Sensitive permissions without use, every night.',
        'Whether management acknowledged the review.',
      ],
      [
        '7.2.5',
        'Application accounts have least privilege',
        'Policies that allow too much, paths to more rights, guardrails, AI keys.',
        'What each application needs.',
      ],
      [
        '7.2.5.1',
        'Application access is reviewed',
        'Sensitive permissions without use, every night.',
        'The targeted risk analysis that sets how often.',
      ],
      [
        '8.2.6',
        'Inactive accounts go within 90 days',
        'Users, roles and credentials without use in the window.',
        'A shorter window fails what it does not ask for.',
      ],
      [
        '8.3.6',
        'Passwords are long and mixed',
        'The password policy.',
        'Passwords set before the policy are not tested.',
      ],
      ['8.3.7', 'Passwords are not reused', 'The password policy.', null],
      [
        '8.3.9',
        'Passwords change, or risk is judged at sign-in',
        'The password policy.',
        'Dynamic analysis of sign-ins.',
      ],
      ['8.4.1', 'MFA for administrators', 'Root.', 'Administrators who come through federation.'],
      [
        '8.4.2',
        'MFA for all access',
        'Console users in IAM.',
        'People who come through federation; programmatic access.',
      ],
      ['8.4.3', 'MFA for remote access', null, 'Ways into the network are not read.'],
      [
        '8.6.3',
        'Application secrets are protected and change',
        'Access keys and AI API keys: number, age, expiry.',
        'Where workloads keep them.',
      ],
      ['10.2.1', 'Audit logs are on', 'Every account, Region and event class.', 'Logs of hosts and applications.'],
      [
        '10.2.1.1',
        'Access to cardholder data is logged',
        'Reads of and writes to S3 objects.',
        'Other stores of data.',
      ],
      ['10.2.1.2', 'Administrative actions are logged', 'Management events everywhere.', 'Actions inside hosts.'],
      ['10.2.1.3', 'Access to logs is logged', 'Reads of S3 objects.', 'Other stores of logs.'],
      ['10.2.1.4', 'Refused access is logged', 'Management events everywhere.', 'Sign-ins outside AWS.'],
      ['10.2.1.5', 'Changes of credentials are logged', 'Management events everywhere.', 'Credentials outside AWS.'],
      ['10.2.1.6', 'Starting and stopping logs is logged', 'Management events everywhere.', 'Logs of hosts.'],
      [
        '10.2.1.7',
        'Making and deleting system objects is logged',
        'Management events everywhere.',
        'Objects inside hosts.',
      ],
      [
        '10.2.2',
        'Records say enough',
        'What CloudTrail and model invocation logging record.',
        'Records of applications.',
      ],
      [
        '10.3.2',
        'Logs cannot be changed',
        'Signed and encrypted trails, policies that allow everything in CloudTrail.',
        'Access to the bucket of the logs.',
      ],
      ['10.3.3', 'Logs are backed up at once', 'Whether trails also deliver to a log group.', 'Copies of buckets.'],
      ['10.3.4', 'Changes of logs are detected', 'Signed log files of trails.', 'Whether somebody runs the check.'],
      [
        '10.5.1',
        'Logs are kept for 12 months',
        null,
        'Retention of log buckets is not read. Assay’s own archive is locked for the time that its owner sets.',
      ],
    ],
    {
      proposals: ['8.3.6', '8.3.7'],
      windows: { '8.2.6': 90 },
      limits: {
        '8.2.6': { control: 'unused-credentials', threshold: 'unusedDays', atMost: 90 },
        '8.3.6': { control: 'password-length', threshold: 'minimumLength', atLeast: 12 },
        '8.3.7': { control: 'password-reuse', threshold: 'remembered', atLeast: 4 },
        '8.3.9': { control: 'password-expiry', threshold: 'maxAgeDays', atMost: 90 },
      },
    },
  ),
};
