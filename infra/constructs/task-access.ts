import { Aws } from 'aws-cdk-lib';
import { type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../acknowledge.ts';
import type { AreaAccess, TaskPermissions } from '../permissions.ts';
import type { SettingsLayer } from './settings-layer.ts';

/** What the tasks share. */
export interface NightResources {
  readonly buckets: Readonly<Record<'archive' | 'portal' | 'work', IBucket>>;
  readonly sealingKey: IKey;
  /** Name of the role that Assay assumes in every member account. */
  readonly readerRole: string;
  /** How many functions read accounts side by side: they share the rates that hold for all. */
  readonly concurrency: number;
  /** Calls a second over all functions, and to IAM alone; null = no such ceiling. */
  readonly maxRate: number | null;
  readonly iamRate: number | null;
  readonly settings: SettingsLayer;
}

export interface TaskAccessProps {
  readonly role: IRole;
  readonly permissions: TaskPermissions;
  readonly resources: NightResources;
}

/** The policy of one task's role: its row of the permission table and nothing else. */
export class TaskAccess extends Construct {
  readonly policy: Policy;

  constructor(scope: Construct, id: string, { role, permissions, resources }: TaskAccessProps) {
    super(scope, id);
    const { archive, portal, work, reads, assumesReaderRole, signs } = permissions;
    const { buckets, sealingKey, readerRole } = resources;
    this.policy = new Policy(this, 'Policy', { roles: [role] });
    this.grantArea(buckets.archive, archive);
    this.grantArea(buckets.portal, portal);
    this.grantArea(buckets.work, work);
    if (reads !== undefined) this.allow(reads, ['*'], 'these reads know no resources');
    if (assumesReaderRole)
      this.allow(
        ['sts:AssumeRole'],
        [`arn:${Aws.PARTITION}:iam::*:role/${readerRole}`],
        'accounts join the organisation at any time; the name of the role is fixed',
      );
    if (signs) this.allow(['kms:GetPublicKey', 'kms:Sign'], [sealingKey.keyArn]);
  }

  private grantArea(bucket: IBucket, { read, write, list }: AreaAccess = {}): void {
    const keys = (patterns: readonly string[]): string[] => patterns.map((pattern) => bucket.arnForObjects(pattern));
    const reason = 'a key holds the run and the account, which are not known at deployment; the prefix is fixed';
    if (read !== undefined) this.allow(['s3:GetObject'], keys(read), reason);
    if (write !== undefined) this.allow(['s3:PutObject'], keys(write), reason);
    if (list === undefined) return;
    // IfExists: the read of a missing object is judged by this permission too, and has no prefix. Without it S3 answers 403, not 404.
    this.policy.addStatements(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn],
        conditions: { StringLikeIfExists: { 's3:prefix': [...list] } },
      }),
    );
  }

  private allow(actions: readonly string[], resources: string[], reason?: string): void {
    this.policy.addStatements(new PolicyStatement({ actions: [...actions], resources }));
    if (reason === undefined) return;
    for (const resource of resources.filter((it) => it.includes('*'))) acknowledgeWildcard(this, resource, reason);
  }
}
