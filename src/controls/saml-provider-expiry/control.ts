import { hasExpired } from '../../domain/window.ts';
import { defineControl } from '../define.ts';
import { samlProviders } from '../populations.ts';
import { word } from '../shell.ts';
import { fail, notMeasured, pass } from '../verdict.ts';

export const samlProviderExpiry = defineControl({
  id: 'saml-provider-expiry',
  version: 1,
  severity: 'medium',
  title: 'No SAML provider has expired',
  method:
    'Each SAML provider, by the end of its metadata: after it nobody can sign in, and nobody looks after the trust.',
  frameworks: {},
  operations: ['iam:ListSAMLProviders'],
  over: samlProviders,

  needs: () => ({}),
  judge(_, { validUntil }, { clock }) {
    if (validUntil === null)
      return notMeasured({ code: 'UNEXPECTED', name: 'a SAML provider without an end of its metadata' });
    const evidence = { validUntil };
    return hasExpired(validUntil, clock)
      ? fail(`its metadata ended ${validUntil}`, evidence)
      : pass(`its metadata is valid until ${validUntil}`, evidence);
  },
  remedy: ({ arn }) => ({
    text: 'Renew its metadata, or delete it if nobody signs in with it',
    command: `aws iam delete-saml-provider --saml-provider-arn ${word(arn)}`,
  }),
});
