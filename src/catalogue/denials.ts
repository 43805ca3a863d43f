import type { DenialCause } from '../domain/gap.ts';

/** What AWS's own words say of a denial: the action it names, and the kind of policy that denied or did not allow. */
export interface Denial {
  readonly action: string | null;
  readonly by: DenialCause | null;
}

/**
 * How AWS names the policy that was in the way (IAM user guide, "Troubleshoot access denied error messages"): `with an explicit deny in
 * a …` or `because no … policy allows the … action`.
 */
const wordings: readonly (readonly [RegExp, DenialCause])[] = [
  [/service control policy/i, 'scp'],
  [/resource control policy/i, 'rcp'],
  [/permissions? boundary/i, 'boundary'],
  [/session policy/i, 'session'],
  [/VPC endpoint policy/i, 'vpc-endpoint'],
  [/resource-based policy/i, 'resource'],
  [/identity-based policy/i, 'identity'],
];

/** Reads a denial text. What it does not say stays null. */
export function denialIn(message: string): Denial {
  const action = /not (?:authorized to perform:? |allowed to execute \[)([a-z0-9-]+:\w+)/i.exec(message)?.[1] ?? null;
  return { action, by: wordings.find(([wording]) => wording.test(message))?.[1] ?? null };
}
