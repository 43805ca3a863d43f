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
export function policyDocument(raw: unknown, { file, place, operation, at }: DocumentPlace): Reading<PolicyDocument> {
  const problem = (text: string): Reading<never> =>
    unknown({ code: 'UNPARSABLE', file, place, problem: text }, { region: 'global', operation });
  try {
    const document: unknown =
      typeof raw === 'string' ? JSON.parse(raw.trimStart().startsWith('{') ? raw : decodeURIComponent(raw)) : raw;
    if (document === null || typeof document !== 'object' || Array.isArray(document))
      return problem('the policy is not a JSON object');
    if (!('Statement' in document)) return problem('the policy has no Statement');
    return known(document as PolicyDocument, at);
  } catch (error) {
    return problem(`the policy is not JSON (${(error as Error).message})`);
  }
}
