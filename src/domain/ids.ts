// Ids are parsed once at the door and carried as types, so that two texts cannot be swapped in silence.
declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** A 12-digit AWS account id. */
export type AccountId = Brand<string, 'AccountId'>;
/** An AWS Region name such as `us-east-1`. */
export type Region = Brand<string, 'Region'>;
/** A night's id: the first 12 hex digits of a SHA-256 (design §1). */
export type RunId = Brand<string, 'RunId'>;

/** Parses an account id; throws a TypeError for anything but 12 digits. */
export function accountId(text: string): AccountId {
  if (!/^\d{12}$/.test(text)) throw new TypeError(`not a 12-digit account id: \`${text}\``);
  return text as AccountId;
}

/** Parses a Region name; throws a TypeError for anything that is not shaped like one. */
export function region(text: string): Region {
  if (!isRegion(text)) throw new TypeError(`not a Region name: \`${text}\``);
  return text as Region;
}

/** Whether a text has the shape of a Region name (`eu-west-1`, `us-gov-east-1`, `mx-central-1`). */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/** Parses a run id; throws a TypeError for anything but 12 lower-case hex digits. */
export function runId(text: string): RunId {
  if (!/^[0-9a-f]{12}$/.test(text)) throw new TypeError(`not a run id: \`${text}\``);
  return text as RunId;
}

/** The account id inside an ARN, or undefined where the ARN names none (AWS managed policies, S3 buckets). */
export function accountOfArn(arn: string): AccountId | undefined {
  const field = arn.split(':')[4];
  return field !== undefined && /^\d{12}$/.test(field) ? (field as AccountId) : undefined;
}
