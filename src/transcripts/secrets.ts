/** Response fields that could carry a secret: dropped before a transcript or a log sees them, whatever the call. */
export const secretFields: ReadonlySet<string> = new Set([
  'SecretAccessKey',
  'SessionToken',
  'ServicePassword',
  'ServiceCredentialSecret',
  'Password',
  'PrivateKey',
  'Credentials',
]);

/**
 * Long-term and short-term AI keys by their prefixes, anywhere in a text: at its start or after a character that no key contains, since
 * the prefix `AEAA` also occurs inside other tokens (domain facts A.6). `%22` and the like come before a key in an encoded policy.
 */
const keyShaped =
  /(?<=^|[^A-Za-z0-9+/=]|%[0-9A-Fa-f]{2})(?:AEAA[A-Za-z0-9+/=]{40,}|ABSK[A-Za-z0-9+/=]{40,}|(?:bedrock|aws-external-anthropic)-api-key-[\w+/=-]{20,})/g;

/** A text without anything that looks like a key. */
export const stripText = (text: string): string => text.replace(keyShaped, 'REDACTED');

/** A copy without secret fields and key-shaped texts; the same value where there is nothing to drop. */
export function strip<T>(value: T): T {
  if (typeof value === 'string') return stripText(value) as T;
  if (Array.isArray(value)) return value.map(strip) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== undefined && !secretFields.has(key))
      .map(([key, item]) => [stripText(key), strip(item)]),
  ) as T;
}
