import { setTimeout } from 'node:timers/promises';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { clientConfig, managementAccount } from './aws.ts';

export interface Execution {
  readonly definition: string;
  readonly name: string;
  readonly input: unknown;
}

/** Runs one execution in moto's engine to its end. */
export async function execute({ definition, name, input }: Execution): Promise<DescribeExecutionCommandOutput> {
  const client = new SFNClient(clientConfig);
  const { stateMachineArn } = await client.send(
    new CreateStateMachineCommand({ name, roleArn: `arn:aws:iam::${managementAccount}:role/states`, definition }),
  );
  const { executionArn } = await client.send(
    new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
  );
  for (;;) {
    const execution = await client.send(new DescribeExecutionCommand({ executionArn }));
    if (execution.status !== 'RUNNING') return execution;
    await setTimeout(100);
  }
}
