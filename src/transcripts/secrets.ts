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
 * Texts that are secrets wherever they stand (domain facts A.6). Long-term and short-term AI keys are known by their prefixes, at the start
 * of a text or after what ends a word: `AWS_BEARER_TOKEN_BEDROCK=ABSK…`, `?t=bedrock-api-key-…`, and `%22` and the like in an encoded policy.
 * `AEAA` occurs inside binary tokens as well (three bytes of which two are zero), so that it is none after `/` or `+`.
 */
const secretTexts: readonly RegExp[] = [
  /(?<=^|[^A-Za-z0-9]|%[0-9A-Fa-f]{2})(?:ABSK[A-Za-z0-9+/=]{40,}|(?:bedrock|aws-external-anthropic)-api-key-[\w+/=-]{20,})/g,
  /(?<=^|[^A-Za-z0-9+/]|%[0-9A-Fa-f]{2})AEAA[A-Za-z0-9+/=]{40,}/g,
  /(?<=^|[^A-Za-z0-9])sk-ant-[\w-]{20,}/g,
  // What somebody assigned, and what AWS echoes where a signature does not match.
  /(?<=(?:aws_?secret_?access_?key|aws_?session_?token|x-amz-security-token)["']?\s*[:=]\s*["']?)[A-Za-z0-9+/=%]{16,}/gi,
];

/** What every one of them begins with or follows: most texts have none, and are looked at once. */
const telling = /ABSK|AEAA|-api-key-|sk-ant-|secret_?access_?key|session_?token|security-token/i;

/** A text without anything that looks like a secret. */
export const stripText = (text: string): string =>
  telling.test(text) ? secretTexts.reduce((left, pattern) => left.replace(pattern, 'REDACTED'), text) : text;

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
