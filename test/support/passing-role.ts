/** An account that the tests of several nights read from snapshots. */
export const account = '111122223333';

/** Its role, trusted by its own account: what is asked of it passes. */
export const passingRole = {
  Path: '/',
  RoleName: 'reports',
  RoleId: 'AROAEXAMPLE',
  Arn: `arn:aws:iam::${account}:role/reports`,
  CreateDate: '2026-01-01T00:00:00Z',
  AssumeRolePolicyDocument: {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:role/other` }, Action: 'sts:AssumeRole' },
    ],
  },
  RolePolicyList: [],
  AttachedManagedPolicies: [],
  InstanceProfileList: [],
  Tags: [],
};
