import type { Condition } from '../../iam/condition.ts';
import { statementName } from '../../iam/policy.ts';
import { defineControl } from '../define.ts';
import { parsed } from '../policies.ts';
import { roles } from '../populations.ts';
import { namesWhom, showTrust } from '../trust.ts';
import { fail, notApplicable, pass } from '../verdict.ts';

/** A condition on the subject that more than nobody meets: `*` alone names nobody. */
const namesSubject = (condition: Condition): boolean =>
  condition.key.endsWith(':sub') && namesWhom(condition) && condition.values.every((value) => !/^[*?]+$/.test(value));

export const oidcTrustSubject = defineControl({
  id: 'oidc-trust-subject',
  version: 1,
  severity: 'high',
  title: 'Every role for an OIDC provider names whose tokens it takes',
  method:
    'The trust policy of each role that an OpenID Connect provider may assume: without a condition on the subject of the token, every project and every person of the provider gets in. Other roles are not judged.',
  frameworks: {
    'nist-800-53-r5': ['AC-3', 'AC-6'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.6'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: roles,

  needs: ({ arn, trust }) => ({ policy: parsed(trust, `the trust policy of ${arn}`, 'trust') }),
  judge({ policy }) {
    const federated = policy.statements.filter(
      ({ effect, principals }) =>
        effect === 'Allow' && principals?.federated.some((it) => it.includes(':oidc-provider/')) === true,
    );
    if (federated.length === 0) return notApplicable('no OIDC provider may assume it');
    const open = federated.filter(({ conditions }) => !conditions.some(namesSubject));
    return open.length === 0
      ? pass('it names the subjects whose tokens it takes')
      : fail('it takes tokens of every subject of the provider', { statements: open.map(statementName) });
  },
  remedy: ({ name }) => ({
    text: 'Add a condition on the subject (`<issuer>:sub`) that names the repository, project or person',
    command: showTrust(name),
  }),
});
