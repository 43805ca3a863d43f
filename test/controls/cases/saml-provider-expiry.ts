import { read } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { after, before, saml } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'none', expected: ['not-applicable'] },
  {
    name: 'valid, and ended',
    facts: { identityProviders: { saml: read([saml('a', after(1)), saml('b', before(1))]), oidc: read([]) } },
    expected: ['pass', 'fail'],
  },
];
