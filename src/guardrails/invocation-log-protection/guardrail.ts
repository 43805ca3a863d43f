import { defineGuardrail, probe } from '../define.ts';

export const invocationLogProtection = defineGuardrail({
  id: 'invocation-log-protection',
  version: 1,
  title: "Nobody can change or delete Bedrock's model invocation logging",
  practice: 'logging',
  probes: () =>
    ['PutModelInvocationLoggingConfiguration', 'DeleteModelInvocationLoggingConfiguration'].map((action) =>
      probe(`bedrock:${action}`, '*'),
    ),
});
