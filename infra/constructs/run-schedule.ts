import { Duration, TimeZone } from 'aws-cdk-lib';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface RunScheduleProps {
  readonly stateMachine: IStateMachine;
  readonly kind: 'night' | 'week';
  /** Hour of the start, UTC: a run bears the UTC date of its clock. */
  readonly hour: number;
  /** Day of the start; without it, every day. */
  readonly weekDay?: WeekDay;
  /** Days in which use counts. */
  readonly windowDays: number;
}

/** Days of the week as schedules spell them. */
export const weekDays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'] as const;
export type WeekDay = (typeof weekDays)[number];

/**
 * Starts a night at the same hour every day, a week on the same day. Delivery is at least once, and EventBridge Scheduler cannot name an execution after the
 * run: the scheduled time holds colons, which a name may not. So the execution's input is what is deterministic, and `ClaimNight`
 * lets only the first start of a clock go on.
 */
export class RunSchedule extends Construct {
  constructor(scope: Construct, id: string, { stateMachine, kind, hour, weekDay, windowDays }: RunScheduleProps) {
    super(scope, id);
    new Schedule(this, 'Schedule', {
      description: `Assay: starts the ${kind}`,
      schedule: ScheduleExpression.cron({
        minute: '0',
        hour: String(hour),
        ...(weekDay === undefined ? {} : { weekDay }),
        timeZone: TimeZone.ETC_UTC,
      }),
      target: new StepFunctionsStartExecution(stateMachine, {
        input: ScheduleTargetInput.fromObject(executionInput(kind, windowDays)),
        maxEventAge: Duration.hours(2),
        retryAttempts: 5,
      }),
    });
  }
}

/** The execution's input (design §1); the scheduler fills in the time, as `2026-03-22T02:00:00Z`. */
const executionInput = (kind: RunScheduleProps['kind'], windowDays: number) => ({
  scheduledTime: '<aws.scheduler.scheduled-time>',
  kind,
  input: { source: 'aws', digest: null },
  selection: { accounts: [], skip: [], ous: [] },
  windowDays,
});
