import type { EnforcedGuardrail } from '../../../src/domain/account-settings.ts';
import { read } from '../../support/facts.ts';

const enforcing = (models: EnforcedGuardrail['models']) => ({
  enforcedGuardrails: { 'us-east-1': read([{ id: '1', guardrail: 'g', version: '1', owner: 'ACCOUNT', models }]) },
});

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  { name: 'on every model', facts: enforcing(null), expected: ['pass'] },
  { name: 'on some', facts: enforcing({ included: ['a'], excluded: [] }), expected: ['fail'] },
  { name: 'none', facts: { enforcedGuardrails: { 'us-east-1': read([]) } }, expected: ['fail'] },
];
