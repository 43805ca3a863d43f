import { z } from 'zod';
import type { IdentityProviders } from '../../domain/account-settings.ts';
import { isoDate } from '../../domain/iso-date.ts';
import { defineCollector, oneAnswer, reading } from '../define.ts';

const saml = 'iam:ListSAMLProviders';
const oidc = 'iam:ListOpenIDConnectProviders';
const Saml = z.object({
  SAMLProviderList: z.array(
    z.object({ Arn: z.string(), CreateDate: z.string().optional(), ValidUntil: z.string().optional() }),
  ),
});
const Oidc = z.object({ OpenIDConnectProviderList: z.array(z.object({ Arn: z.string() })) });

/** SAML and OpenID Connect providers: who outside of AWS may sign in here. */
export const identityProviders = defineCollector<IdentityProviders>({
  id: 'identity-providers',
  operations: [saml, oidc],
  async collect(aws) {
    const reader = aws.in('global');
    return {
      saml: await reading('global', saml, async () => {
        const { value, at } = await oneAnswer(reader, saml, {}, Saml);
        return {
          value: value.SAMLProviderList.map(({ Arn, CreateDate, ValidUntil }) => ({
            arn: Arn,
            created: isoDate(CreateDate),
            validUntil: isoDate(ValidUntil),
          })),
          at,
        };
      }),
      oidc: await reading('global', oidc, async () => {
        const { value, at } = await oneAnswer(reader, oidc, {}, Oidc);
        return {
          value: value.OpenIDConnectProviderList.map(({ Arn }) => ({
            arn: Arn,
            issuer: Arn.slice(Arn.indexOf('/') + 1),
          })),
          at,
        };
      }),
    };
  },
});
