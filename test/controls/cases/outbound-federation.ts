import { read } from '../../support/facts.ts';
import { guardrail } from '../parts.ts';

const federated = (enabled: boolean) => ({ outboundFederation: read({ enabled, issuer: null }) });

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  { name: 'off', facts: federated(false), expected: ['pass'] },
  {
    name: 'on and open',
    facts: federated(true),
    rows: { guardrails: [guardrail('outbound-federation-fence', 'absent')] },
    expected: ['fail'],
  },
  {
    name: 'on and fenced in',
    facts: federated(true),
    rows: { guardrails: [guardrail('outbound-federation-fence', 'enforced')] },
    expected: ['pass'],
  },
  { name: 'on, and nobody knows of the fence', facts: federated(true), expected: ['not-measured'] },
];
