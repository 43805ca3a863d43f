import { fileURLToPath } from 'node:url';
import { Stack, type StackProps } from 'aws-cdk-lib';
import { Architecture, Code, type IFunction, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { ArchiveBucket, type ArchiveLock } from '../constructs/archive-bucket.ts';
import { LostNights } from '../constructs/lost-nights.ts';
import { MapAccess } from '../constructs/map-access.ts';
import { NightAlarms } from '../constructs/night-alarms.ts';
import { PrivateBucket } from '../constructs/private-bucket.ts';
import { RunSchedule, type WeekDay } from '../constructs/run-schedule.ts';
import { SealingKey } from '../constructs/sealing-key.ts';
import { type SettingFiles, SettingsLayer } from '../constructs/settings-layer.ts';
import type { NightResources } from '../constructs/task-access.ts';
import { withPrinter, withTemplates } from '../constructs/task-bundle.ts';
import { TaskFunction, type TaskFunctionProps } from '../constructs/task-function.ts';
import { Workflow } from '../constructs/workflow.ts';
import { permissions } from '../permissions.ts';
import { concurrencyOf, lostNightFile, nightlyFile, tasksInAll, weeklyFile } from '../workflow-tasks.ts';

export interface NightStackProps extends StackProps {
  readonly lock: ArchiveLock;
  /** Name of the role that Assay assumes in every member account. */
  readonly readerRole: string;
  /** Days in which use counts. */
  readonly windowDays: number;
  /** Hour of a night's start, UTC. */
  readonly hour: number;
  /** Day and hour, UTC, of the report of a week. */
  readonly week: { readonly day: WeekDay; readonly hour: number };
  /** Calls a second that all functions together may make, and to IAM alone; null = what AWS publishes, and our own figures where it does not. */
  readonly maxRate: number | null;
  readonly iamRate: number | null;
  readonly settings: SettingFiles;
}

type Extras = Partial<Pick<TaskFunctionProps, 'memory' | 'bundling' | 'layers' | 'environment'>>;

const chromium = fileURLToPath(new URL('../../node_modules/@sparticuz/chromium/bin', import.meta.url));

/** All of Assay in the account it runs in. */
export class NightStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    { lock, readerRole, windowDays, hour, week, maxRate, iamRate, settings: files, ...props }: NightStackProps,
  ) {
    super(scope, id, props);
    const buckets = this.buckets(lock);
    const sealingKey = new SealingKey(this, 'SealingKey').key;
    const rates = { concurrency: concurrencyOf(nightlyFile), maxRate, iamRate };
    const settings = new SettingsLayer(this, 'Settings', files);
    const resources = { buckets, sealingKey, readerRole, settings, ...rates };
    const functions = this.functions(resources);
    const substitutions = { WorkBucket: buckets.work.bucketName };
    const nightly = new Workflow(this, 'Nightly', { definition: nightlyFile, functions, substitutions }).stateMachine;
    const weekly = new Workflow(this, 'Weekly', { definition: weeklyFile, functions }).stateMachine;
    const recovery = new Workflow(this, 'Recovery', { definition: lostNightFile, functions }).stateMachine;
    new MapAccess(this, 'MapAccess', { stateMachine: nightly, workBucket: buckets.work });
    new RunSchedule(this, 'Schedule', { stateMachine: nightly, kind: 'night', hour, windowDays });
    const weekStart = { hour: week.hour, weekDay: week.day };
    new RunSchedule(this, 'WeekSchedule', { stateMachine: weekly, kind: 'week', ...weekStart, windowDays });
    new LostNights(this, 'LostNights', { watched: [nightly, weekly], recovery });
    new NightAlarms(this, 'Alarms', { nightly, weekly, recovery });
  }

  private buckets(lock: ArchiveLock): NightResources['buckets'] {
    const accessLogs = new PrivateBucket(this, 'AccessLogs', { expireAfterDays: lock.days }).bucket;
    return {
      archive: new ArchiveBucket(this, 'Archive', { lock, accessLogs }).bucket,
      portal: new PrivateBucket(this, 'Portal', { accessLogs, versioned: true }).bucket,
      work: new PrivateBucket(this, 'Work', { accessLogs, expireAfterDays: 30 }).bucket,
    };
  }

  private functions(resources: NightResources): ReadonlyMap<string, IFunction> {
    const extras = this.extras();
    return new Map(
      tasksInAll([nightlyFile, weeklyFile]).map((task) => {
        const own = permissions[task.state];
        if (own === undefined) throw new Error(`state \`${task.state}\` has no row in infra/permissions.ts`);
        const props = { task, permissions: own, resources, memory: 1_024, ...extras[task.state] };
        return [task.state, new TaskFunction(this, task.state, props).function];
      }),
    );
  }

  /** What some tasks need beyond their code. */
  private extras(): Readonly<Record<string, Extras>> {
    const browser = new LayerVersion(this, 'Chromium', {
      code: Code.fromAsset(chromium),
      description: 'The browser that prints the reports',
      compatibleRuntimes: [Runtime.NODEJS_24_X],
      compatibleArchitectures: [Architecture.X86_64],
    });
    return {
      JudgeAccount: { memory: 2_048 },
      MergeBatch: { memory: 3_008 },
      ComparePeriod: { memory: 3_008 },
      RenderReports: {
        memory: 3_008,
        bundling: withPrinter,
        layers: [browser],
        environment: { CHROMIUM_BIN: '/opt' },
      },
      PublishNight: { bundling: withTemplates },
    };
  }
}
