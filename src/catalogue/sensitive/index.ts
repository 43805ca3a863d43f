import { actionsOf } from '../actions.ts';
import { agentTakeover } from './agent-takeover.ts';
import { aiCostAbuse } from './ai-cost-abuse.ts';
import { aiEntry } from './ai-entry.ts';
import { type Grounds, type SensitiveClass, sensitiveClasses } from './classes.ts';
import { credentialExposure } from './credential-exposure.ts';
import { dataAccess } from './data-access.ts';
import { loggingGuardrailWeakening } from './logging-guardrail-weakening.ts';
import { notSensitiveAi } from './not-sensitive.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { resourceExposure } from './resource-exposure.ts';

export { type SensitiveClass, sensitiveClasses };

/** The list is Assay's own (docs/sensitive-permissions.md): figures from another list cannot be compared with it. */
export const sensitiveList = 'assay-sensitive';
/** Raised when an entry comes or goes, or changes its class: the figures that count pairs then break their line. */
export const sensitiveVersion = 1;

/** One permission of the list. */
export interface SensitivePermission {
  /** `iam:PassRole`, as AWS spells it. */
  readonly action: string;
  /** One or more, in the order of `sensitiveClasses`. */
  readonly classes: readonly SensitiveClass[];
  /** What an attacker gets, for each class; apart by semicolons. */
  readonly reason: string;
}

const groundsOf: Readonly<Record<SensitiveClass, Grounds>> = {
  'credential-exposure': credentialExposure,
  'data-access': dataAccess,
  'privilege-escalation': privilegeEscalation,
  'resource-exposure': resourceExposure,
  'logging-guardrail-weakening': loggingGuardrailWeakening,
  'agent-takeover': agentTakeover,
  'ai-entry': aiEntry,
  'ai-cost-abuse': aiCostAbuse,
};

/** One row of a class: an action and what it gives. An action stands once in a class. */
export interface Ground {
  readonly class: SensitiveClass;
  readonly reason: string;
  readonly action: string;
}

/** Every row of the class files, as written. */
export const sensitiveGrounds: readonly Ground[] = sensitiveClasses.flatMap(({ id }) =>
  Object.entries(groundsOf[id]).flatMap(([reason, actions]) =>
    words(actions).map((action) => ({ class: id, reason, action })),
  ),
);

/** The list, sorted by name. */
export const sensitivePermissions: readonly SensitivePermission[] = [
  ...Map.groupBy(sensitiveGrounds, ({ action }) => action),
]
  .map(([action, rows]) => ({
    action,
    classes: rows.map((row) => row.class),
    reason: [...new Set(rows.map(({ reason }) => reason))].join('; '),
  }))
  .sort((a, b) => (a.action < b.action ? -1 : 1));

/** Service prefixes whose every action is classified: sensitive, or reviewed and found not to be. */
const classesByAction = new Map(sensitivePermissions.map(({ action, classes }) => [action, classes]));

/** The classes of a sensitive permission; none for an action that is not on the list. */
export const sensitiveClassesOf = (action: string): readonly SensitiveClass[] => classesByAction.get(action) ?? [];

export const watchedAiServices = ['aws-external-anthropic', 'bedrock', 'bedrock-agentcore', 'bedrock-mantle'] as const;

/** The actions of the watched services that were reviewed and are not sensitive. */
export const notSensitiveAiActions: readonly string[] = watchedAiServices.flatMap((service) =>
  words(notSensitiveAi[service]).map((action) => `${service}:${action}`),
);

/** Actions of the watched services that nobody has classified yet: new in the catalogue. */
export function unclassifiedAiActions(): readonly string[] {
  const classified = new Set([...notSensitiveAiActions, ...sensitivePermissions.map(({ action }) => action)]);
  return watchedAiServices
    .flatMap(actionsOf)
    .map(({ name }) => name)
    .filter((name) => !classified.has(name));
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
