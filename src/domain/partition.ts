/** The partition where nothing tells another. */
const commercial = 'aws';

/** The partition that an ARN names: `aws`, `aws-cn`, `aws-us-gov`; undefined where it is none (IAM user guide, "IAM ARNs"). */
export const partitionOfArn = (arn: string | undefined): string | undefined =>
  /^arn:(aws[a-z0-9-]*):/.exec(arn ?? '')?.[1];

/** An ARN of a partition, from what follows the partition in it. `partition` undefined = not known: then that of most accounts. */
export const arnIn = (partition: string | undefined, rest: string): string => `arn:${partition ?? commercial}:${rest}`;

/** A command as it is written for most accounts, with the ARNs of another partition. */
export const commandIn = (partition: string | undefined, command: string): string =>
  command.replaceAll(`arn:${commercial}:`, arnIn(partition, ''));
