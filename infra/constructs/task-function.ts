import { fileURLToPath } from 'node:url';
import { Duration } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type ILayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type BundlingOptions, NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { taskFolder } from '../../src/domain/task-folder.ts';
import { acknowledgeWildcard } from '../acknowledge.ts';
import type { TaskPermissions } from '../permissions.ts';
import type { WorkflowTask } from '../workflow-tasks.ts';
import { type NightResources, TaskAccess } from './task-access.ts';
import { codeOnly } from './task-bundle.ts';

export interface TaskFunctionProps {
  readonly task: WorkflowTask;
  readonly permissions: TaskPermissions;
  readonly resources: NightResources;
  /** MiB; the processor grows with it. */
  readonly memory: number;
  /** Default: the code alone. */
  readonly bundling?: BundlingOptions;
  readonly layers?: readonly ILayerVersion[];
  readonly environment?: Readonly<Record<string, string>>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const longestLambda = 900;
const lead = 60;

/** The function of one Task state, with a role and a log of its own. It ends before its state does, so that nothing writes after the seal. */
export class TaskFunction extends Construct {
  readonly function: NodejsFunction;

  constructor(scope: Construct, id: string, props: TaskFunctionProps) {
    super(scope, id);
    const { task, permissions, resources, memory, bundling = codeOnly, layers = [], environment = {} } = props;
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const logGroup = new LogGroup(this, 'Log', { retention: RetentionDays.ONE_YEAR });
    logGroup.grantWrite(role);
    acknowledgeWildcard(role, logGroup.logGroupArn, 'the streams of its own log group');
    new TaskAccess(this, 'Access', { role, permissions, resources });
    this.function = new NodejsFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64, // the browser that prints is carried for this one only
      entry: `${root}tasks/${taskFolder(task.state)}/handler.ts`,
      handler: 'handler',
      projectRoot: root,
      depsLockFilePath: `${root}package-lock.json`,
      description: `Assay: ${task.state}`,
      role,
      logGroup,
      timeout: Duration.seconds(Math.min(longestLambda, task.timeoutSeconds - lead)),
      memorySize: memory,
      layers: [...layers, ...resources.settings.layers],
      bundling,
      environment: { ...environmentOf(resources), ...environment },
    });
  }
}

const environmentOf = (resources: NightResources): Record<string, string> => {
  const { buckets, sealingKey, readerRole, concurrency, maxRate, iamRate, settings } = resources;
  return {
    ARCHIVE_BUCKET: buckets.archive.bucketName,
    PORTAL_BUCKET: buckets.portal.bucketName,
    WORK_BUCKET: buckets.work.bucketName,
    READER_ROLE: readerRole,
    SEALING_KEY: sealingKey.keyArn,
    MAP_CONCURRENCY: String(concurrency),
    ...(maxRate === null ? {} : { MAX_RATE: String(maxRate) }),
    ...(iamRate === null ? {} : { IAM_RATE: String(iamRate) }),
    ...settings.environment,
    NODE_OPTIONS: '--enable-source-maps',
  };
};
