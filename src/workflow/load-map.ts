import { checkFields, constantAt, objectAt, type Part, report, templateAt } from './draft.ts';
import { loadErrorHandling, loadOnward, loadShape, numberAt, requiredTextAt, textAt } from './load-fields.ts';
import type { ItemSource, Machine, MapState, ResultWriter } from './model.ts';

/** The fields of a Map state beside those that every state has. */
export const mapFields = [
  ...[
    'Label',
    'ItemReader',
    'Items',
    'ItemSelector',
    'ItemProcessor',
    'MaxConcurrency',
    'ResultWriter',
    'Retry',
    'Catch',
  ],
  ...['ToleratedFailureCount', 'ToleratedFailurePercentage'],
];

/** Loads a Distributed Map. */
export function loadMap(part: Part, name: string, loadProcessor: (part: Part) => Machine): MapState {
  return {
    type: 'Map',
    label: loadLabel(part, name),
    source: loadSource(part),
    itemSelector: templateAt(part, 'ItemSelector'),
    maxConcurrency: numberAt(part, 'MaxConcurrency'),
    toleratedFailureCount: numberAt(part, 'ToleratedFailureCount'),
    toleratedFailurePercentage: numberAt(part, 'ToleratedFailurePercentage'),
    resultWriter: loadResultWriter(part),
    processor: loadItemProcessor(part, loadProcessor),
    ...loadErrorHandling(part),
    ...loadShape(part),
    ...loadOnward(part),
  };
}

function loadLabel(part: Part, name: string): string {
  const label = constantAt(part, 'Label');
  if (label.length > 40) report(part, 'must have at most 40 characters', 'Label');
  return label === '' ? name : label;
}

function loadSource(part: Part): ItemSource {
  if ('ItemReader' in part.fields && 'Items' in part.fields) report(part, 'must not have both ItemReader and Items');
  if (!('ItemReader' in part.fields)) return { kind: 'items', items: templateAt(part, 'Items') };
  const reader = objectAt(part, 'ItemReader');
  checkFields(reader, ['Resource', 'ReaderConfig', 'Arguments'], ['Resource', 'ReaderConfig', 'Arguments']);
  checkResource(reader, 's3:getObject');
  const config = objectAt(reader, 'ReaderConfig');
  checkFields(config, ['InputType', 'MaxItems'], ['InputType']);
  if ((config.fields['InputType'] ?? 'JSON') !== 'JSON') report(config, 'only JSON is supported', 'InputType');
  const from = objectAt(reader, 'Arguments');
  checkFields(from, ['Bucket', 'Key'], ['Bucket', 'Key']);
  const [bucket, key] = [requiredTextAt(from, 'Bucket'), requiredTextAt(from, 'Key')];
  return { kind: 'reader', bucket, key, maxItems: numberAt(config, 'MaxItems') };
}

function loadResultWriter(part: Part): ResultWriter | undefined {
  if (!('ResultWriter' in part.fields)) return undefined;
  const writer = objectAt(part, 'ResultWriter');
  checkFields(writer, ['Resource', 'Arguments'], ['Resource', 'Arguments']);
  checkResource(writer, 's3:putObject');
  const to = objectAt(writer, 'Arguments');
  checkFields(to, ['Bucket', 'Prefix'], ['Bucket']);
  return { bucket: requiredTextAt(to, 'Bucket'), prefix: textAt(to, 'Prefix') };
}

function checkResource(part: Part, action: string): void {
  const parts = /^arn:[a-z-]+:states:::(.+)$/.exec(constantAt(part, 'Resource'));
  if ('Resource' in part.fields && parts?.[1] !== action)
    report(part, `only arn:<partition>:states:::${action} is supported by the local runner`, 'Resource');
}

// Inline maps share variables and history with their parent: another machine altogether, and not in the subset.
function loadItemProcessor(part: Part, loadProcessor: (part: Part) => Machine): Machine {
  const processor = objectAt(part, 'ItemProcessor');
  const config = objectAt(processor, 'ProcessorConfig');
  checkFields(config, ['Mode', 'ExecutionType'], []);
  if (config.fields['Mode'] !== 'DISTRIBUTED')
    report(config, 'only DISTRIBUTED is supported by the local runner', 'Mode');
  const type = config.fields['ExecutionType'];
  if (type !== 'STANDARD' && type !== 'EXPRESS') report(config, 'must be STANDARD or EXPRESS', 'ExecutionType');
  return loadProcessor(processor);
}
