import { Duration, TimeZone } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface NightlyScheduleProps {
  readonly stateMachine: IStateMachine;
  /** Hour of the start, UTC: the night bears the UTC date of its clock. */
  readonly hour: number;
  /** Days in which use counts. */
  readonly windowDays: number;
}

/**
 * Starts a night at the same hour every day. Delivery is at least once, and EventBridge Scheduler cannot name an execution after the
 * night: the scheduled time holds colons, which a name may not. So the execution's input is what is deterministic, and `ClaimNight`
 * lets only the first start of a clock go on.
 */
export class NightlySchedule extends Construct {
  constructor(scope: Construct, id: string, { stateMachine, hour, windowDays }: NightlyScheduleProps) {
    super(scope, id);
    new Schedule(this, 'Schedule', {
      description: 'Assay: starts the night',
      schedule: ScheduleExpression.cron({ minute: '0', hour: String(hour), timeZone: TimeZone.ETC_UTC }),
      target: new StepFunctionsStartExecution(stateMachine, {
        input: ScheduleTargetInput.fromObject(executionInput(windowDays)),
        maxEventAge: Duration.hours(2),
        retryAttempts: 5,
      }),
    });
  }
}

/** The execution's input (design §1); the scheduler fills in the time, as `2026-03-22T02:00:00Z`. */
const executionInput = (windowDays: number) => ({
  scheduledTime: '<aws.scheduler.scheduled-time>',
  kind: 'night',
  input: { source: 'aws', digest: null },
  selection: { accounts: [], skip: [], ous: [] },
  windowDays,
});
