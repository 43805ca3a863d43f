import { defineGuardrail, type Probe, probe } from '../define.ts';

const turnOn = 'iam:EnableOutboundWebIdentityFederation';
const tokens = ['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'];

const key = 'sts:IdentityTokenAudience';
const nobody = 'https://audience-nobody-allowed.example';

/**
 * Where no audience is allowed it stays open, so that a Deny that names some audiences leaves the others. Where some are, one that is
 * not among them stands for the rest, with those that policies name; a token may be for several, so each also stands beside an allowed one.
 */
function audience(allowed: readonly string[]): Partial<Probe> {
  const [first] = allowed;
  if (first === undefined) return {};
  const from = (named: readonly string[]): (string | readonly string[])[] => {
    const texts = named.map((it) => it.replace(/\$\{[^}]*\}|\*/g, 'zq7').replaceAll('?', 'z'));
    const others = [nobody, ...texts].filter(
      (it, at) => !allowed.includes(it) && !allowed.includes(named[at - 1] ?? it),
    );
    return others.flatMap((it) => [it, [first, it]]);
  };
  return { context: { [key]: nobody }, alike: { key, from } };
}

export const outboundFederationFence = defineGuardrail({
  id: 'outbound-federation-fence',
  version: 2,
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
        : { condition: { 'ForAnyValue:StringNotEquals': { [key]: allowedAudiences } } }),
    },
  ],
});
