import { defineControl } from '../define.ts';
import { regions } from '../populations.ts';
import { word } from '../shell.ts';
import { askedFor, fail, pass } from '../verdict.ts';

export const modelInvocationLogging = defineControl({
  id: 'model-invocation-logging',
  version: 1,
  severity: 'medium',
  title: 'What models are asked and answer is logged',
  method:
    'Model invocation logging of Bedrock in each enabled Region: on, with a bucket or log group, and delivering text.',
  frameworks: {
    'nist-800-53-r5': ['AU-3', 'AU-12a'],
    'pci-dss-4.0.1': ['10.2.2'],
    'iso-27001-2022': ['A.8.15'],
    'soc-2': ['CC7.2'],
    'aws-ai-security': ['AISF-AI-05'],
  },
  operations: ['bedrock:GetModelInvocationLoggingConfiguration'],
  over: regions,

  needs: (region, { facts }) => ({
    setting: askedFor(facts.invocationLogging, region, 'bedrock:GetModelInvocationLoggingConfiguration'),
  }),
  judge({ setting }) {
    if (setting === null) return fail('model invocation logging is off');
    const { bucket, logGroup, delivered } = setting;
    const evidence = { bucket, logGroup, delivered };
    if (bucket === null && logGroup === null) return fail('model invocation logging has no destination', evidence);
    return delivered.includes('text')
      ? pass('model invocations are logged with their text', evidence)
      : fail('the text of model invocations is not delivered', evidence);
  },
  remedy: (region) => ({
    text: 'Turn it on with a bucket of the log archive, or deny Bedrock in the Region',
    command: `aws bedrock put-model-invocation-logging-configuration --region ${word(region)} --logging-config file://logging.json`,
  }),
});
