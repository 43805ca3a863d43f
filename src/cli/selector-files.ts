import { InputError } from '../adapters/files/input-error.ts';
import { readText } from '../adapters/files/snapshot/disk.ts';
import { parseObject } from '../adapters/files/snapshot/json.ts';
import { recorded } from '../adapters/files/snapshot/recorded.ts';
import { advancedOf } from '../cloudtrail/advanced.ts';
import { isWellFormed, selectorFields } from '../cloudtrail/match.ts';
import type { Recorder } from '../cloudtrail/recorders.ts';
import { EventSelectorsAnswer, eventSelectorsOf } from '../collectors/selectors.ts';
import { type EventSelectors, selectorOperators } from '../domain/facts.ts';

const forms =
  'give what `aws cloudtrail put-event-selectors` takes or `get-event-selectors` prints: AdvancedEventSelectors or EventSelectors';

/**
 * Selectors that no trail need have yet, as a trail that delivers everywhere. Read strictly: what CloudTrail would refuse is an
 * `InputError` that names the place.
 */
export async function readSelectors(file: string): Promise<Recorder> {
  const { text } = await readText(file);
  const given = whole(text, file);
  const parsed = EventSelectorsAnswer.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? {} : { place: issue.path.join('.') };
    throw new InputError('WRONG_SHAPE', { file, ...place }, issue?.message ?? 'no selectors', forms);
  }
  const selectors = eventSelectorsOf(parsed.data);
  check(selectors, file);
  const arn = [given['TrailARN'], given['EventDataStoreArn'], given['TrailName']].find((it) => typeof it === 'string');
  return {
    arn: typeof arn === 'string' ? arn : file,
    kind: 'trail',
    home: 'us-east-1',
    multiRegion: true,
    organization: true,
    globalEvents: true,
    selectors: advancedOf(selectors),
    state: 'recording',
    halt: null,
    why: null,
    lastDelivery: null,
  };
}

/** The answer in the file; a bare list is what `--advanced-event-selectors file://…` takes, or `--event-selectors`. */
function whole(text: string, file: string): Readonly<Record<string, unknown>> {
  const list = /^\s*\[/.test(text);
  if (!list) {
    const answer = recorded(parseObject(text, { file }, { notJson: 'correct it', noObject: forms }));
    if ('output' in answer) return answer.output;
    throw new InputError('WRONG_SHAPE', { file }, `a recorded error: ${answer.error.name}`, forms);
  }
  const name = text.includes('"FieldSelectors"') ? 'AdvancedEventSelectors' : 'EventSelectors';
  return parseObject(`{"${name}":${text}}`, { file }, { notJson: 'correct it', noObject: forms });
}

function check({ basic, advanced }: EventSelectors, file: string): void {
  if (basic.length > 0 && advanced.length > 0)
    throw new InputError(
      'WRONG_SHAPE',
      { file },
      'basic and advanced selectors',
      'CloudTrail takes one kind or the other',
    );
  for (const [index, selector] of advanced.entries()) {
    const where = { file, place: `AdvancedEventSelectors[${index}]` };
    for (const { field, strange, values } of selector.fields) {
      if (!selectorFields.includes(field))
        throw new InputError('WRONG_SHAPE', where, `no field \`${field}\``, `there are ${selectorFields.join(', ')}`);
      if (strange.length > 0)
        throw new InputError(
          'WRONG_SHAPE',
          where,
          `${field}: no operator \`${strange[0]}\``,
          `there are ${selectorOperators.join(', ')}`,
        );
      if (Object.keys(values).length === 0)
        throw new InputError('WRONG_SHAPE', where, `${field}: no condition`, 'give an operator with its values');
    }
    if (!isWellFormed(selector))
      throw new InputError(
        'WRONG_SHAPE',
        where,
        'CloudTrail would refuse it',
        'a selector needs eventCategory Equals, of data events resources.type Equals, of network activity eventSource Equals',
      );
  }
}
