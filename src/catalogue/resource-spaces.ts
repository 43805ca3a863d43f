import type { ResourceSpace } from '../domain/resource-space.ts';
import { type ActionDescription, describeAction } from './actions.ts';

/**
 * What AWS itself owns for every account, of types whose format names an account: `${Account}` in a format that begins so may also be
 * the text beside it (IAM user guide, "AWS managed policies"; Systems Manager user guide, "Public parameters" and "Shared documents").
 */
const ownedByAws: readonly (readonly [beginning: string, owner: string])[] = [
  ['arn:${Partition}:iam::${Account}:policy/', 'aws'],
  ['arn:${Partition}:ssm:${Region}:${Account}:parameter/', ''],
  ['arn:${Partition}:ssm:${Region}:${Account}:document/', ''],
  ['arn:${Partition}:ssm:${Region}:${Account}:automation-definition/', ''],
];

const spaces = new Map<string, ResourceSpace>();

/**
 * What an action can act on: resources of its types, and `*` where it needs none of them. An action without a type can only be allowed
 * on `*` (Service Authorization Reference, "Resource types" of the actions table). Null where AWS lists no such action.
 */
export function resourceSpaceOf(action: string): ResourceSpace | null {
  const described = describeAction(action);
  return described === undefined ? null : spaceOf(described);
}

function spaceOf({ resources, needsResource }: ActionDescription): ResourceSpace {
  const formats = [...new Set(resources.flatMap(({ arns }) => arns).flatMap(withOwners))].sort();
  const key = `${needsResource} ${formats.join(' ')}`;
  const space = spaces.get(key) ?? { formats, none: !needsResource };
  spaces.set(key, space);
  return space;
}

const withOwners = (format: string): string[] => [
  format,
  ...ownedByAws.flatMap(([beginning, owner]) =>
    format.startsWith(beginning) ? [format.replace('${Account}', owner)] : [],
  ),
];
