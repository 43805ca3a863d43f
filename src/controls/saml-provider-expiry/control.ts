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
  frameworks: {
    'nist-800-53-r5': ['IA-5'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
  },
  operations: ['iam:ListSAMLProviders'],
  over: samlProviders,

  needs: () => ({}),
  judge(_, { arn, validUntil }, { clock }) {
    if (validUntil === null) return notMeasured({ code: 'NO_DATE', what: `the end of the metadata of ${arn}` });
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
