import { Rule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface LostNightsProps {
  /** The nights and weeks to watch. */
  readonly watched: readonly IStateMachine[];
  /** Seals a run from the event of its end. */
  readonly recovery: IStateMachine;
}

/**
 * Has every night and week sealed that ended badly: a time-out, an abort or an error in an expression runs no catcher, and a night without a seal
 * would look like a deleted one. Events are best effort; the alarm on a missing night backs them.
 */
export class LostNights extends Construct {
  constructor(scope: Construct, id: string, { watched, recovery }: LostNightsProps) {
    super(scope, id);
    new Rule(this, 'Rule', {
      description: 'Assay: a night or week ended badly',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
          stateMachineArn: watched.map(({ stateMachineArn }) => stateMachineArn),
        },
      },
      targets: [new SfnStateMachine(recovery, { retryAttempts: 5 })],
    });
  }
}
