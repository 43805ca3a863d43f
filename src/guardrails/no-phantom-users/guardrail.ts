import { phantomPrefixes } from '../../domain/identity.ts';
import { arnIn } from '../../domain/partition.ts';
import { defineGuardrail, probe } from '../define.ts';

export const noPhantomUsers = defineGuardrail({
  id: 'no-phantom-users',
  version: 1,
  title: 'Nobody can make the IAM users that the consoles hide behind an API key',
  probes: ({ account, partition }) =>
    phantomPrefixes.map(
      (prefix) => probe('iam:CreateUser', arnIn(partition, `iam::${account}:user/${prefix}*`)), // no path: so the consoles make them
    ),
  spares: { who: 'nobody', why: 'every user of another name can still be created' },
  closings: ({ partition }) =>
    phantomPrefixes.map((prefix) => ({
      sid: 'NoPhantomUsers',
      actions: ['iam:CreateUser'],
      resource: arnIn(partition, `iam::*:user/${prefix}*`),
    })),
});
