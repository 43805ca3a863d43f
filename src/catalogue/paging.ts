import { Refusal } from '../domain/gap.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { Answer, AwsReader, Input } from '../ports/aws-reader.ts';
import { operations } from './operations.ts';

/** Follows a list from page to page: on the token alone (AWS may send empty pages), and never twice with the same token. */
export async function* pagesOf<O extends Operation>(
  call: AwsReader['call'],
  operation: O,
  input: Input<O>,
): AsyncGenerator<Answer<O>> {
  const { paging } = operations[operation];
  const seen = new Set<string>();
  let next: Input<O> = input;
  for (;;) {
    const answer = await call(operation, next);
    yield answer;
    if (paging === null) return;
    const output = answer.output as Readonly<Record<string, unknown>>;
    const token = output[paging.give];
    if (typeof token !== 'string' || token === '') return assertWhole(output);
    if (seen.has(token)) throw new Refusal({ code: 'UNEXPECTED', name: 'RepeatedPagingToken' });
    seen.add(token);
    next = { ...(input as object), [paging.take]: token } as Input<O>;
  }
}

/** A list without our token that says it goes on is half a list: unknown, not the half that came. */
function assertWhole(output: Readonly<Record<string, unknown>>): void {
  const goesOn = output['IsTruncated'] === true || Boolean(output['NextToken']) || Boolean(output['Marker']);
  if (goesOn) throw new Refusal({ code: 'UNEXPECTED', name: 'TruncatedWithoutToken' });
}
