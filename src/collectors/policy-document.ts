import type { PolicyDocument } from '../domain/facts.ts';
import { known, type Reading, unknown } from '../domain/reading.ts';
import type { Operation } from '../ports/aws-calls.ts';

/** Where a document stands, for the gap that names it. */
export interface DocumentPlace {
  readonly file: string;
  readonly place: string;
  readonly operation: Operation;
  readonly at: string | null;
}

/** Reads a policy document: AWS sends it URL-encoded (RFC 3986), the AWS CLI decoded, Organizations as plain text. */
export function policyDocument(raw: unknown, place: DocumentPlace): Reading<PolicyDocument> {
  const read = jsonDocument(raw, place);
  if (read.kind === 'known' && !('Statement' in read.value)) return unreadable(place, 'the policy has no Statement');
  return read;
}

/** Reads a document of any grammar. */
export function jsonDocument(raw: unknown, place: DocumentPlace): Reading<Readonly<Record<string, unknown>>> {
  try {
    const document: unknown =
      typeof raw === 'string' ? JSON.parse(raw.trimStart().startsWith('{') ? raw : decodeURIComponent(raw)) : raw;
    if (document === null || typeof document !== 'object' || Array.isArray(document))
      return unreadable(place, 'the policy is not a JSON object');
    return known(document as Readonly<Record<string, unknown>>, place.at);
  } catch (error) {
    return unreadable(place, `the policy is not JSON (${(error as Error).message})`);
  }
}

const unreadable = ({ file, place, operation }: DocumentPlace, problem: string): Reading<never> =>
  unknown({ code: 'UNPARSABLE', file, place, problem }, { region: 'global', operation });
