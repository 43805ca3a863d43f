import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { tasksIn } from '../workflow-tasks.ts';

export interface WorkflowProps {
  /** The `.asl.json` file. */
  readonly definition: string;
  /** The function of each Task state, by the state's name. */
  readonly functions: ReadonlyMap<string, IFunction>;
  /** Placeholders of the file besides the functions and the partition. */
  readonly substitutions?: Readonly<Record<string, string>>;
}

/** The state machine of a workflow file. It may invoke the functions of its own Task states and nothing else. */
export class Workflow extends Construct {
  readonly stateMachine: StateMachine;

  constructor(scope: Construct, id: string, { definition, functions, substitutions = {} }: WorkflowProps) {
    super(scope, id);
    const arns = tasksIn(definition).map(({ state }) => [state, arnOf(state, functions)] as const);
    this.stateMachine = new StateMachine(this, 'StateMachine', {
      definitionBody: DefinitionBody.fromFile(definition),
      definitionSubstitutions: {
        Partition: Aws.PARTITION,
        ...substitutions,
        ...Object.fromEntries(arns.map(([state, arn]) => [`${state}Function`, arn])),
      },
      tracingEnabled: true,
      logs: {
        destination: new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR }),
        level: LogLevel.ALL,
        includeExecutionData: false,
      },
    });
    const resources = arns.map(([, arn]) => arn);
    this.stateMachine.addToRolePolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources }));
    acknowledge(this.stateMachine, 'IAM5[Resource::*]', 'X-Ray and the delivery of logs know no resources');
  }
}

function arnOf(state: string, functions: ReadonlyMap<string, IFunction>): string {
  const task = functions.get(state);
  if (task === undefined) throw new Error(`state \`${state}\` has no function`);
  return task.functionArn;
}
