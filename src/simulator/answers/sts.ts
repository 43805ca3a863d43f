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

export const stsAnswers = { 'sts:AssumeRole': assumeRole };
