import { known } from '../../domain/reading.ts';
import { defineControl } from '../define.ts';
import { theAccount } from '../populations.ts';
import { fail, notMeasured, pass } from '../verdict.ts';

export const outboundFederation = defineControl({
  id: 'outbound-federation',
  version: 1,
  severity: 'medium',
  title: 'Outbound federation is off, or fenced in',
  method:
    'Whether AWS issues web identity tokens for principals of the account; where it does, the guardrail `outbound-federation-fence` must hold.',
  frameworks: {
    'nist-800-53-r5': ['AC-3'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.6'],
  },
  operations: ['iam:GetOutboundWebIdentityFederationInfo', 'organizations:ListPolicies'],
  over: theAccount,

  needs: (_, { facts, guardrails: rows }) => ({
    federation: facts.outboundFederation,
    fence: known(
      rows.find(({ guardrail }) => guardrail === 'outbound-federation-fence')?.grade ?? 'not-measured',
      null,
    ),
  }),
  judge({ federation: { enabled, issuer }, fence }) {
    if (!enabled) return pass('outbound federation is off');
    if (fence === 'enforced') return pass('outbound federation is on, and its guardrail holds', { issuer });
    if (fence === 'not-measured')
      return notMeasured({ code: 'NOT_IN_SNAPSHOT', operation: 'organizations:ListPolicies' }, { issuer });
    return fail('outbound federation is on, and no guardrail limits the audiences', { issuer, fence });
  },
  remedy: () => ({
    text: 'Turn it off where Claude Platform and other services do not need it; limit the audiences with an SCP',
    command: 'aws iam disable-outbound-web-identity-federation',
  }),
});
