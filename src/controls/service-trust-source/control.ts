import { statementName } from '../../iam/policy.ts';
import { defineControl } from '../define.ts';
import { parsed } from '../policies.ts';
import { roles } from '../populations.ts';
import { narrows, onWhoseBehalf, showTrust } from '../trust.ts';
import { fail, notApplicable, pass } from '../verdict.ts';

/** Services that hand the role to code of the account itself, and set no source: nobody else can make them use it. */
const runsOwnCode = new Set(
  ['ec2', 'lambda', 'ecs-tasks', 'ecs', 'pods.eks', 'eks', 'codebuild', 'glue', 'batch', 'ssm'].map(
    (name) => `${name}.amazonaws.com`,
  ),
);

export const serviceTrustSource = defineControl({
  id: 'service-trust-source',
  version: 1,
  severity: 'medium',
  title: 'Every role for a service names on whose behalf it may be assumed',
  method:
    'The trust policy of each role that a service may assume in the name of others: without aws:SourceArn, aws:SourceAccount, aws:SourceOrgID or aws:SourceOrgPaths the service can be made to use it for somebody else. Services that run code of the account itself are not judged.',
  frameworks: {
    'nist-800-53-r5': ['AC-3'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.6'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: roles,

  needs: ({ arn, trust }) => ({ policy: parsed(trust, `the trust policy of ${arn}`, 'trust') }),
  judge({ policy }) {
    const forServices = policy.statements.filter(
      ({ effect, principals }) =>
        effect === 'Allow' && (principals?.service ?? []).some((it) => !runsOwnCode.has(it.toLowerCase())),
    );
    if (forServices.length === 0) return notApplicable('no service assumes it in the name of others');
    const open = forServices.filter(
      ({ conditions }) => !conditions.some((condition) => narrows(condition, onWhoseBehalf)),
    );
    return open.length === 0
      ? pass('it names on whose behalf a service may assume it')
      : fail('a service may assume it on behalf of anybody', { statements: open.map(statementName) });
  },
  remedy: ({ name }) => ({
    text: 'Add a condition on aws:SourceAccount, and on aws:SourceArn where the resource is known',
    command: showTrust(name),
  }),
});
