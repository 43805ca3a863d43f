import { parsePolicy } from './parse.ts';

/** AWS's own SCP that allows everything: attached wherever SCPs are enabled, until somebody detaches it. */
export const fullAccess = parsePolicy(
  { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  'scp',
  'FullAWSAccess',
);
