import { defineGuardrail, type Probe, probe } from '../define.ts';

const turnOn = 'iam:EnableOutboundWebIdentityFederation';
const tokens = ['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'];

/**
 * Where no audience is allowed it stays open, so that a Deny that names some audiences leaves the others. Where some are, one that is
 * not among them stands for the rest.
 */
const audience = (allowed: readonly string[]): Partial<Probe> =>
  allowed.length === 0 ? {} : { context: { 'sts:IdentityTokenAudience': 'https://audience-nobody-allowed.example' } };

export const outboundFederationFence = defineGuardrail({
  id: 'outbound-federation-fence',
  version: 1,
  title: 'Nobody can turn on outbound identity federation, or make tokens for audiences that are not allowed',
  practice: 'federation',
  probes: ({ allowedAudiences }) => [
    probe(turnOn, '*'),
    ...tokens.map((action) => probe(action, '*', audience(allowedAudiences))),
  ],
  spares: { who: 'users-of-it' },
  closings: ({ allowedAudiences }) => [
    { sid: 'NoOutboundFederation', actions: [turnOn] },
    {
      sid: 'NoOutboundTokens',
      actions: tokens,
      ...(allowedAudiences.length === 0
        ? {}
        : { condition: { 'ForAnyValue:StringNotEquals': { 'sts:IdentityTokenAudience': allowedAudiences } } }),
    },
  ],
});
