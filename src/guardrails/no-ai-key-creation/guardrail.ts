import { aiCredentialServices } from '../../catalogue/credential-services.ts';
import { arnIn } from '../../domain/partition.ts';
import { defineGuardrail, probe } from '../define.ts';

const serviceName = 'iam:ServiceSpecificCredentialServiceName';

export const noAiKeyCreation = defineGuardrail({
  id: 'no-ai-key-creation',
  version: 1,
  title: 'Nobody can make a long-term API key for Claude or Bedrock',
  probes: ({ account, partition }) =>
    [...aiCredentialServices].map((service) =>
      probe('iam:CreateServiceSpecificCredential', arnIn(partition, `iam::${account}:user/*`), {
        context: { [serviceName]: service },
      }),
    ),
  beside: {
    what: 'also brings a key back',
    probes: ({ account, partition }) =>
      ['Reset', 'Update'].map((verb) =>
        probe(`iam:${verb}ServiceSpecificCredential`, arnIn(partition, `iam::${account}:user/*`)),
      ),
  },
  spares: { who: 'users-of-it' },
  closings: () =>
    [...aiCredentialServices].map((service) => ({
      sid: 'NoAiKeys',
      actions: ['iam:CreateServiceSpecificCredential'],
      value: { operator: 'StringEquals', key: serviceName, is: service },
    })),
});
