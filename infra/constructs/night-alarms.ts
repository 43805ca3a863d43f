import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface NightAlarmsProps {
  readonly nightly: IStateMachine;
  readonly weekly: IStateMachine;
  /** Seals the nights that ended without a seal. */
  readonly recovery: IStateMachine;
}

/** Says when a night or week ended badly, and when there was none at all: a run that never started fails nowhere. */
export class NightAlarms extends Construct {
  constructor(scope: Construct, id: string, { nightly, weekly, recovery }: NightAlarmsProps) {
    super(scope, id);
    this.whenAny('Failed', 'a night failed', nightly.metricFailed());
    this.whenAny('TimedOut', 'a night timed out', nightly.metricTimedOut());
    this.whenAny('Aborted', 'a night was aborted', nightly.metricAborted());
    this.whenAny('WeekFailed', 'the report of a week failed', weekly.metricFailed());
    this.whenAny('WeekTimedOut', 'the report of a week timed out', weekly.metricTimedOut());
    this.whenAny('WeekAborted', 'the report of a week was aborted', weekly.metricAborted());
    this.whenAny('Unsealed', 'a night or week that ended badly could not be sealed', recovery.metricFailed());
    this.whenNone('Missing', 'no night ended well for a day', nightly, 1);
    this.whenNone('WeekMissing', 'no report of a week ended well for seven days', weekly, 7);
  }

  /** CloudWatch looks back over seven days at most. */
  private whenNone(id: string, what: string, machine: IStateMachine, days: number): void {
    new Alarm(this, id, {
      alarmDescription: `Assay: ${what}`,
      metric: machine.metricSucceeded({ period: Duration.days(1), statistic: 'Sum' }),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: days,
      datapointsToAlarm: days,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }

  private whenAny(id: string, what: string, metric: Metric): void {
    new Alarm(this, id, {
      alarmDescription: `Assay: ${what}`,
      metric: metric.with({ period: Duration.minutes(5), statistic: 'Sum' }),
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
