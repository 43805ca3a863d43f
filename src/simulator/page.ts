import { operations } from '../catalogue/operations.ts';
import type { Operation } from '../ports/aws-calls.ts';
import { refuse } from './refuse.ts';

/** Items of one page and the token of the next; no token on the last page. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | undefined;
}

export interface PageRequest {
  readonly operation: Operation;
  readonly token: string | undefined;
  /** What the caller asked for; the simulator never gives more than `most`. */
  readonly size: number | undefined;
  readonly most: number;
  /** Begins with a page that holds nothing but a token, as Organizations may answer. */
  readonly emptyFirst?: boolean;
}

/** Cuts a list as AWS does: the token is opaque to the caller and belongs to one operation. */
export function pageOf<T>(all: readonly T[], { operation, token, size, most, emptyFirst }: PageRequest): Page<T> {
  if (token === undefined && emptyFirst === true && all.length > 0) return { items: [], next: tokenAt(operation, 0) };
  const start = token === undefined ? 0 : offsetIn(operation, token, all.length);
  const end = start + Math.min(size ?? most, most);
  return { items: all.slice(start, end), next: end < all.length ? tokenAt(operation, end) : undefined };
}

const tokenAt = (operation: Operation, offset: number): string =>
  Buffer.from(`${operation}@${offset}`).toString('base64url');

function offsetIn(operation: Operation, token: string, length: number): number {
  const [asked, offset] = Buffer.from(token, 'base64url').toString().split('@');
  const at = Number(offset);
  if (asked === operation && Number.isInteger(at) && at >= 0 && at < length) return at;
  throw refuse(
    operation,
    tokenErrors[operations[operation].family] ?? 'ValidationException',
    `invalid token: ${token}`,
  );
}

/** Each service has its own name for a token that it did not give out. */
const tokenErrors: Readonly<Record<string, string>> = {
  iam: 'ValidationError',
  organizations: 'InvalidInputException',
  account: 'ValidationException',
  cloudtrail: 'InvalidNextTokenException',
};
