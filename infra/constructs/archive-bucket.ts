import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface ArchiveLock {
  /** `governance` can be bypassed by who holds that permission, `compliance` by nobody, the root user included. */
  readonly mode: 'governance' | 'compliance';
  readonly days: number;
}

export interface ArchiveBucketProps {
  readonly lock: ArchiveLock;
  /** Bucket that receives the access log. */
  readonly accessLogs: IBucket;
}

/** Write-once: versioned, locked by default, single conditional puts only, and no way in the bucket policy to delete or unlock. */
export class ArchiveBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, { lock, accessLogs }: ArchiveBucketProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention[lock.mode](Duration.days(lock.days)),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED, // losing a KMS key would lose the archive
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: `${id}/`,
    });
    const { bucketArn } = this.bucket;
    // Over a delete marker a conditional put would succeed again, so markers are refused too, and lifecycles that set them.
    this.deny('NobodyDeletes', deletions, [bucketArn, `${bucketArn}/*`]);
    this.deny('NobodyUnlocks', unlocking, [bucketArn, `${bucketArn}/*`]);
    // Also refuses multipart uploads, whose first request carries no condition: such an object has no SHA-256 of the whole.
    this.deny('OnlyConditionalPuts', ['s3:PutObject'], [`${bucketArn}/*`], { Null: { 's3:if-none-match': 'true' } });
  }

  private deny(sid: string, actions: readonly string[], resources: string[], conditions: object = {}): void {
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        sid,
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [...actions],
        resources,
        conditions: { ...conditions },
      }),
    );
  }
}

const deletions = [
  's3:DeleteBucket',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:PutLifecycleConfiguration',
  's3:ReplicateDelete',
];
/** Changing the retention later means taking this statement away first: a change of the stack that a reviewer sees. */
const unlocking = ['s3:BypassGovernanceRetention', 's3:PutBucketObjectLockConfiguration', 's3:PutBucketVersioning'];
