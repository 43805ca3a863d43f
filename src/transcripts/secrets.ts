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

/** A long-term Claude or Bedrock key, or an AWS secret in a known wrapping; anchored, since `AEAA` occurs inside other tokens. */
const keyShaped =
  /^(AEAA[A-Za-z0-9+/=]{40,}|ABSK[A-Za-z0-9+/=]{40,}|bedrock-api-key-[\w+/=-]{20,}|aws-external-anthropic-api-key-[\w+/=-]{20,})$/;

/** A copy without secret fields and key-shaped texts; the same value where there is nothing to drop. */
export function strip<T>(value: T): T {
  if (typeof value === 'string') return (keyShaped.test(value) ? 'REDACTED' : value) as T;
  if (Array.isArray(value)) return value.map(strip) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, item]) => item !== undefined && !secretFields.has(key))
      .map(([key, item]) => [key, strip(item)]),
  ) as T;
}
