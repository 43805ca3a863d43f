import type { Answering } from '../scope.ts';

const assumeRole: Answering<'sts:AssumeRole'> = ({ account }, { RoleArn, RoleSessionName }) => {
  const name = String(RoleArn).slice(String(RoleArn).lastIndexOf('/') + 1);
  return {
    AssumedRoleUser: {
      Arn: `arn:aws:sts::${account.id}:assumed-role/${name}/${RoleSessionName}`,
      AssumedRoleId: `AROA${account.id}READ:${RoleSessionName}`,
    },
  };
};

const callerIdentity: Answering<'sts:GetCallerIdentity'> = ({ organization }) => ({
  Account: organization.management,
  Arn: `arn:aws:sts::${organization.management}:assumed-role/AssayHub/assay`,
  UserId: 'AROAEXAMPLE:assay',
});

export const stsAnswers = { 'sts:GetCallerIdentity': callerIdentity, 'sts:AssumeRole': assumeRole };
