import { z } from 'zod';
import type { OutboundFederation } from '../../domain/account-settings.ts';
import type { Reading } from '../../domain/reading.ts';
import { defineCollector, oneAnswer, reading } from '../define.ts';
import { orNone } from '../lists.ts';

const operation = 'iam:GetOutboundWebIdentityFederationInfo';
const Info = z.object({ JwtVendingEnabled: z.boolean(), IssuerIdentifier: z.string().optional() });
/** The API's own code, and the SDK's name for it. */
const disabled = ['FeatureDisabled', 'FeatureDisabledException'];
const off: OutboundFederation = { enabled: false, issuer: null };

/** Whether AWS issues web identity tokens for this account's principals: off by default, and Claude Platform needs it on (domain facts A.7). */
export const outboundFederation = defineCollector<Reading<OutboundFederation>>({
  id: 'outbound-federation',
  operations: [operation],
  async collect(aws) {
    return reading('global', operation, () =>
      orNone(disabled, off, async () => {
        const { value, at } = await oneAnswer(aws.in('global'), operation, {}, Info);
        return { value: { enabled: value.JwtVendingEnabled, issuer: value.IssuerIdentifier ?? null }, at };
      }),
    );
  },
});
