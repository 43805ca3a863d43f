import { defineGuardrail, probe } from '../define.ts';

const changes = ['Put', 'Delete'].map((verb) => `bedrock:${verb}ModelInvocationLoggingConfiguration`);

export const invocationLogProtection = defineGuardrail({
  id: 'invocation-log-protection',
  version: 1,
  title: "Nobody can change or delete Bedrock's model invocation logging",
  probes: () => changes.map((action) => probe(action, '*')),
  spares: { who: 'users-of-it' },
  closings: () => [{ sid: 'KeepInvocationLogging', actions: changes }],
});
