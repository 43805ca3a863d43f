import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Accepts one finding of cdk-nag on a construct and everything in it, with the reason. */
export function acknowledge(on: IConstruct, finding: string, reason: string): void {
  Validations.of(on).acknowledge({ id: `AwsSolutions-${finding}`, reason });
}

/** Accepts a wildcard in a resource. cdk-nag names the finding by the resource as the template spells it. */
export function acknowledgeWildcard(on: IConstruct, resource: string, reason: string): void {
  acknowledge(on, `IAM5[Resource::${spelled(Stack.of(on).resolve(resource))}]`, reason);
}

/** How cdk-nag flattens an intrinsic: `{Ref: X}` is `<X>`, `{Fn::GetAtt: [X, Arn]}` is `<X.Arn>`. */
function spelled(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  const [[name, value] = ['', '']] = Object.entries(resolved as Record<string, unknown>);
  if (name === 'Ref') return `<${String(value)}>`;
  if (name === 'Fn::GetAtt') return `<${(value as string[]).join('.')}>`;
  if (name === 'Fn::Join') return (value as [string, unknown[]])[1].map(spelled).join('');
  throw new TypeError(`no spelling for \`${name}\``);
}
