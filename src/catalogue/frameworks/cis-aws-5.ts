import { type Framework, requirementsOf } from './framework.ts';

/** The version that Security Hub CSPM offers as its newest: ids alone, with labels of our own. */
export const cisAws5: Framework<'cis-aws-5.0.0'> = {
  id: 'cis-aws-5.0.0',
  name: 'CIS AWS Foundations Benchmark v5.0.0',
  listed: 'The requirements that a control answers. Others of this version are not listed here.',
  source: 'Ids as in the cross-reference of AWS Security Hub and in public mappings.',
  requirements: requirementsOf(
    [
      ['1.3', 'Root has no access key', 'Every account.', null],
      ['1.4', 'Root signs in with MFA', 'Every account.', null],
      ['1.5', 'Root has hardware MFA', 'Every account.', 'Whether the device is kept safely cannot be read.'],
      ['1.6', 'Root is not used for daily work', 'The last uses that AWS keeps.', 'What root did is not read.'],
      ['1.7', 'Passwords are long', 'The password policy.', 'Passwords set before the policy are not tested.'],
      ['1.8', 'Passwords are not reused', 'The password policy.', null],
      ['1.9', 'Console users have MFA', 'IAM users.', 'People who come through federation are not seen.'],
      ['1.10', 'No key is made with a user and left', 'Access keys made with their user and never used.', null],
      [
        '1.11',
        'Credentials unused for 45 days are disabled',
        'Console passwords and access keys.',
        'AWS keeps no last use of service-specific credentials.',
      ],
      ['1.12', 'One active access key a user', 'IAM users.', null],
      ['1.13', 'Access keys are rotated every 90 days', 'Active access keys of IAM users.', null],
      ['1.14', 'Users get permissions through groups', 'Policies on users.', null],
      [
        '1.16',
        'A role can reach AWS Support',
        'Who holds the policy of AWS for it.',
        'Whether anyone may take that role.',
      ],
      ['1.18', 'Expired server certificates are removed', 'Certificates kept in IAM.', 'Those of ACM are not read.'],
      [
        '1.19',
        'External access is analysed in every Region',
        'Analyzers for outside access.',
        'Their findings are not read.',
      ],
      ['1.20', 'People sign in through federation', 'Console users in IAM.', 'The directory behind is not read.'],
      [
        '1.21',
        'Full CloudShell access is restricted',
        'Who holds the policy of AWS for it.',
        'Other policies with the same effect.',
      ],
      ['3.1', 'CloudTrail is on in every Region', 'Management events of every account and Region.', null],
      ['3.2', 'Log files are validated', 'Every trail.', null],
      ['3.3', 'AWS Config is on in every Region', 'Recorders in every Region.', 'Which resource types are recorded.'],
      ['3.4', 'Access to the log bucket is logged', null, 'Settings of buckets are not read.'],
      ['3.5', 'Trails are encrypted with KMS', 'Every trail.', null],
      ['3.8', 'Writes to S3 objects are logged', 'Every account and Region.', null],
      ['3.9', 'Reads of S3 objects are logged', 'Every account and Region.', null],
    ],
    {
      limits: {
        '1.7': { control: 'password-length', threshold: 'minimumLength', atLeast: 14 },
        '1.8': { control: 'password-reuse', threshold: 'remembered', atLeast: 24 },
        '1.11': { control: 'unused-credentials', threshold: 'unusedDays', atMost: 45 },
        '1.13': { control: 'access-key-age', threshold: 'maxAgeDays', atMost: 90 },
      },
    },
  ),
};
