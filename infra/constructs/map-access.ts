import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { acknowledgeWildcard } from '../acknowledge.ts';

export interface MapAccessProps {
  readonly stateMachine: StateMachine;
  /** Holds the lists of accounts and of batches, and receives what the children return. */
  readonly workBucket: IBucket;
}

/**
 * What a Distributed Map needs: to start children of its own machine, to read its items and to write its results. A policy apart: in the
 * role's own the reference to the machine would be circular.
 */
export class MapAccess extends Construct {
  constructor(scope: Construct, id: string, { stateMachine, workBucket }: MapAccessProps) {
    super(scope, id);
    const children = Stack.of(this).formatArn({
      service: 'states',
      resource: 'execution',
      resourceName: `${stateMachine.stateMachineName}/*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    const items = ['run=*/accounts.json', 'run=*/batches.json'].map((keys) => workBucket.arnForObjects(keys));
    const results = workBucket.arnForObjects('run=*/map/*');
    const allow = (actions: string[], resource: string) => new PolicyStatement({ actions, resources: [resource] });
    const policy = new Policy(this, 'Policy', {
      roles: [stateMachine.role],
      statements: [
        allow(['states:StartExecution'], stateMachine.stateMachineArn),
        allow(['states:DescribeExecution', 'states:StopExecution'], children),
        ...items.map((keys) => allow(['s3:GetObject'], keys)),
        allow(writesResults, results),
      ],
    });
    acknowledgeWildcard(policy, children, 'the map runs of this one machine');
    for (const keys of [...items, results])
      acknowledgeWildcard(policy, keys, 'a key holds the run, which is not known at deployment');
  }
}

/** What a ResultWriter asks for: it writes in parts. */
const writesResults = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:ListMultipartUploadParts', 's3:PutObject'];
