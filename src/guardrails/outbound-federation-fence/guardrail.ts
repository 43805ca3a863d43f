import { defineGuardrail, type Probe, probe } from '../define.ts';
import { smallSets, textMatchingAll } from '../values.ts';

const turnOn = 'iam:EnableOutboundWebIdentityFederation';
const tokens = ['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'];

const key = 'sts:IdentityTokenAudience';
const nobody = 'https://audience-nobody-allowed.example';
/** Others that nobody allows, for patterns that the first one happens to match; and what a `*` may stand for. */
const strangers = [nobody, 'https://zq7.invalid/zq7', 'urn:zq7', 'zq7'];
const fillers = ['', 'zq7', 'https://zq7.zq7/'];

/** Patterns, and audiences beside each other in one token, that are tried together. */
const most = 12;

/**
 * Where no audience is allowed it stays open, so that a Deny that names some audiences leaves the others. Where some are, one that is not
 * among them stands for the rest, with those that policies tell apart: what meets one, two or three of their patterns. A token may be for
 * several audiences, so each also stands beside every allowed one and beside each other.
 */
function audience(allowed: readonly string[]): Partial<Probe> {
  if (allowed.length === 0) return {};
  const from = (named: readonly string[]): (string | readonly string[])[] => {
    const patterns = named.map((it) => it.replace(/\$\{[^}]*\}/g, 'zq7')).slice(0, most);
    const met = smallSets(patterns).flatMap((set) => fillers.map((text) => textMatchingAll(set, text)));
    const others = [...new Set([...strangers, ...met])].filter(
      (it) => it !== null && !allowed.includes(it),
    ) as string[];
    const beside = [...allowed, ...others.slice(0, most)];
    return others.flatMap((it) => [
      it,
      ...beside.filter((also) => also !== it).map((also) => [also, it]),
      [...beside, it],
    ]);
  };
  return { context: { [key]: nobody }, alike: { key, from } };
}

export const outboundFederationFence = defineGuardrail({
  id: 'outbound-federation-fence',
  version: 2,
  title: 'Nobody can turn on outbound identity federation, or make tokens for audiences that are not allowed',
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
