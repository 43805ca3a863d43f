import { statementName } from '../../iam/policy.ts';
import { defineControl } from '../define.ts';
import { parsed } from '../policies.ts';
import { roles } from '../populations.ts';
import { narrows, onWhoseBehalf, showTrust, whoAsks } from '../trust.ts';
import { fail, pass } from '../verdict.ts';

const limiting = { ...whoAsks, ...onWhoseBehalf };

export const roleTrustWildcard = defineControl({
  id: 'role-trust-wildcard',
  version: 1,
  severity: 'critical',
  title: 'No role can be assumed by everybody',
  method:
    'The trust policy of each role: a statement that lets every principal in fails, unless a condition on the organisation, the account or the ARN of who asks limits it.',
  frameworks: {
    'cis-aws-7.0.0': ['2.21'],
    'nist-800-53-r5': ['AC-3', 'AC-6'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.6'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: roles,

  needs: ({ arn, trust }) => ({ policy: parsed(trust, `the trust policy of ${arn}`, 'trust') }),
  judge({ policy }) {
    const open = policy.statements.filter(
      ({ effect, principals, notPrincipal, conditions }) =>
        effect === 'Allow' &&
        (notPrincipal || principals?.everyone === true) &&
        !conditions.some((condition) => narrows(condition, limiting)),
    );
    return open.length === 0
      ? pass('it names who may assume it')
      : fail('every principal may assume it', { statements: open.map(statementName) });
  },
  remedy: ({ name }) => ({
    text: 'Name the principals in the trust policy, or limit them by aws:PrincipalOrgID',
    command: showTrust(name),
  }),
});
