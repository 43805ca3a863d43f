import { phantomPrefixes } from '../../domain/identity.ts';
import { defineGuardrail, probe } from '../define.ts';

export const noPhantomUsers = defineGuardrail({
  id: 'no-phantom-users',
  version: 1,
  title: 'Nobody can make the IAM users that the consoles hide behind an API key',
  practice: 'no-static-credentials',
  probes: ({ account }) =>
    phantomPrefixes.map((prefix) => probe('iam:CreateUser', `arn:aws:iam::${account}:user/${prefix}*`)), // no path: so the consoles make them
  spares: { who: 'nobody', why: 'every user of another name can still be created' },
  closings: () =>
    phantomPrefixes.map((prefix) => ({
      sid: 'NoPhantomUsers',
      actions: ['iam:CreateUser'],
      resource: `arn:aws:iam::*:user/${prefix}*`,
    })),
});
