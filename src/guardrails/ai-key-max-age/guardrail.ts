import { aiCredentialServices } from '../../catalogue/credential-services.ts';
import { arnIn } from '../../domain/partition.ts';
import { matchesWildcard } from '../../iam/wildcard.ts';
import { defineGuardrail, probe } from '../define.ts';

const serviceName = 'iam:ServiceSpecificCredentialServiceName';
const age = 'iam:ServiceSpecificCredentialAgeDays';

/** The longest that AWS takes. */
const longest = 36_600;

/**
 * The days on both sides of ages that policies name, as far as they are over a limit: between them nothing changes. An age that is compared
 * as text may have wildcards: then the first of the days that all of them tell apart.
 */
function around(named: readonly string[], limit: number): string[] {
  const ages = named
    .map(Number)
    .flatMap((age) => [Math.ceil(age) - 1, Math.floor(age), Math.ceil(age), Math.floor(age) + 1])
    .filter((age) => age > limit && age <= longest);
  return [
    ...new Set([
      ...ages.map(String),
      ...toldApart(
        named.filter((it) => /[*?]/.test(it)),
        limit,
      ),
    ]),
  ];
}

function toldApart(patterns: readonly string[], limit: number): string[] {
  if (patterns.length === 0) return [];
  const first = new Map<string, string>();
  for (let age = limit + 1; age <= longest; age++) {
    const met = patterns.map((pattern) => matchesWildcard(pattern, String(age))).join();
    if (!first.has(met)) first.set(met, String(age));
  }
  return [...first.values()];
}

/** Ages over the limit, and no age at all: such a key never expires (domain facts C.3). */
export const aiKeyMaxAge = defineGuardrail({
  id: 'ai-key-max-age',
  version: 2,
  title: 'No AI API key can be made that lives longer than the limit, or for ever',
  probes: ({ account, partition, maxKeyAgeDays }) =>
    [...aiCredentialServices].flatMap((service) => {
      const asked = { [serviceName]: service };
      const users = arnIn(partition, `iam::${account}:user/*`);
      const create = 'iam:CreateServiceSpecificCredential';
      return [
        ...[maxKeyAgeDays + 1, maxKeyAgeDays * 2, longest].map((days) =>
          probe(create, users, {
            context: { ...asked, [age]: String(days) },
            alike: { key: age, from: (named) => around(named, maxKeyAgeDays) },
          }),
        ),
        probe(create, users, { context: asked, absent: [age] }),
      ];
    }),
  spares: { who: 'nobody', why: 'keys can still be made, where an age within the limit is asked for' },
  closings: ({ maxKeyAgeDays }) =>
    [...aiCredentialServices].map((service) => ({
      sid: 'AiKeysExpire',
      actions: ['iam:CreateServiceSpecificCredential'],
      value: { operator: 'StringEquals', key: serviceName, is: service },
      // IfExists holds where no age is asked for as well.
      condition: { NumericGreaterThanIfExists: { [age]: String(maxKeyAgeDays) } },
    })),
});
