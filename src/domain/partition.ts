import type { PrincipalFacts } from './facts.ts';
import { itemsOf } from './reading.ts';

/** The partition where nothing tells another. */
const commercial = 'aws';

/** The partition that an ARN names: `aws`, `aws-cn`, `aws-us-gov`; undefined where it is none (IAM user guide, "IAM ARNs"). */
export const partitionOfArn = (arn: string | undefined): string | undefined =>
  /^arn:(aws[a-z0-9-]*):/.exec(arn ?? '')?.[1];

/** An ARN of a partition, from what follows the partition in it. `partition` undefined = not known: then that of most accounts. */
export const arnIn = (partition: string | undefined, rest: string): string => `arn:${partition ?? commercial}:${rest}`;

/** The partition that the ARNs of an account's own users and roles name; undefined where none were read. */
export function partitionOfAccount({ authorization }: Pick<PrincipalFacts, 'authorization'>): string | undefined {
  const { users, roles } = authorization;
  const [role] = itemsOf(roles);
  const [user] = itemsOf(users);
  return partitionOfArn((role ?? user)?.arn);
}
