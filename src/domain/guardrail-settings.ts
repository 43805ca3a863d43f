/** What an organisation wants of its guardrails. */
export interface GuardrailSettings {
  /** Days after which an AI key must expire. */
  readonly maxKeyAgeDays: number;
  /** Audiences that outbound tokens may be made for. */
  readonly allowedAudiences: readonly string[];
  /** Exempted principals that the organisation wants exempted, as its policies write them. */
  readonly approved: readonly string[];
}

/** The defaults of design §4. */
export const guardrailSettings: GuardrailSettings = { maxKeyAgeDays: 90, allowedAudiences: [], approved: [] };

/** The guardrail that a setting bears on; null = all of them. */
export const guardrailOf: Readonly<Record<keyof GuardrailSettings, string | null>> = {
  maxKeyAgeDays: 'ai-key-max-age',
  allowedAudiences: 'outbound-federation-fence',
  approved: null,
};

const settingNames = Object.keys(guardrailOf) as (keyof GuardrailSettings)[];

/** Settings that are not the defaults, as the versions of a night name them: numbers as they are, lists by their length and digest. */
export const versionsOfGuardrails = (
  settings: GuardrailSettings,
  digest: (values: readonly string[]) => string,
): Record<string, string> =>
  Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = settings[name];
      if (typeof value === 'number')
        return value === guardrailSettings[name] ? [] : [[`guardrails.${name}`, String(value)]];
      return value.length === 0 ? [] : [[`guardrails.${name}`, `${value.length} (${digest([...value].sort())})`]];
    }),
  );

/** What bears on the guardrails of a night, out of its versions: null where a setting is the default. */
export type GuardrailVersions = Readonly<Record<keyof GuardrailSettings, string | null>>;

export const guardrailVersionsIn = (versions: Readonly<Record<string, string>>): GuardrailVersions => ({
  maxKeyAgeDays: versions['guardrails.maxKeyAgeDays'] ?? null,
  allowedAudiences: versions['guardrails.allowedAudiences'] ?? null,
  approved: versions['guardrails.approved'] ?? null,
});

/** What else a guardrail was held against on the later of two nights, in words; empty where nothing is. */
export const guardrailChanges = (guardrail: string, before: GuardrailVersions, after: GuardrailVersions): string[] =>
  settingNames
    .filter((name) => before[name] !== after[name] && (guardrailOf[name] ?? guardrail) === guardrail)
    .map((name) => `threshold ${name} is ${after[name] ?? usual(name)}, it was ${before[name] ?? usual(name)}`);

/** Settings that differ between two, each with both in words. */
export const settingsApart = (one: GuardrailVersions, other: GuardrailVersions): string[] =>
  settingNames
    .filter((name) => one[name] !== other[name])
    .map((name) => `${name} ${one[name] ?? usual(name)}, here ${other[name] ?? usual(name)}`);

function usual(name: keyof GuardrailSettings): string {
  const value = guardrailSettings[name];
  return typeof value === 'number' ? String(value) : 'none';
}
