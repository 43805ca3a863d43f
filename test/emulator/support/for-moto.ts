type Definition = { readonly [key: string]: unknown };

const shortWait = 1;

/**
 * Rewrites a definition for moto's Step Functions engine, here and nowhere else: its grammar refuses a ResultWriter and a whole number in
 * ToleratedFailurePercentage, and it has no switch to skip a Wait.
 */
export function forMoto(definition: string): string {
  const rewritten = JSON.stringify(rewrite(JSON.parse(definition)));
  return rewritten.replace(/("ToleratedFailurePercentage":\d+)(?=[,}])/g, '$1.0');
}

function rewrite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewrite);
  if (typeof value !== 'object' || value === null) return value;
  const { ResultWriter: _refused, ...rest } = value as Definition;
  const shortened = rest['Type'] === 'Wait' ? { ...rest, Seconds: shortWait } : rest;
  return Object.fromEntries(Object.entries(shortened).map(([key, inner]) => [key, rewrite(inner)]));
}
