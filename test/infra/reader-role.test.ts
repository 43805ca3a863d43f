import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ReaderRoleStack } from '../../infra/stacks/reader-role-stack.ts';
import { readerPolicy } from '../../src/catalogue/reader-policy.ts';
import { flat, resourcesOf } from './synthesised.ts';

const stack = new ReaderRoleStack(new App(), 'Role', { readerRole: 'AssayReader', assayStack: 'Assay' });
const template = Template.fromStack(stack);

test('the role reads what `assay policy` prints, and nothing else', () => {
  const [policy, ...others] = Object.values(resourcesOf(template, 'AWS::IAM::Policy'));
  expect(others).toEqual([]);
  const statements = policy?.Properties.PolicyDocument.Statement as Record<string, unknown>[];
  const wanted = readerPolicy('member', { partition: 'AWS::Partition', readerRole: { name: 'AssayReader' } });
  expect(
    statements.map((it) => ({ ...it, Action: [it['Action']].flat(), Resource: [it['Resource']].flat().map(flat) })),
  ).toEqual(wanted.Statement);
});

test('only a role of Assay may assume it', () => {
  const [role] = Object.values(resourcesOf(template, 'AWS::IAM::Role'));
  expect(role?.Properties.RoleName).toBe('AssayReader');
  const [statement, ...others] = role?.Properties.AssumeRolePolicyDocument.Statement ?? [];
  expect(others).toEqual([]);
  expect(statement).toMatchObject({ Effect: 'Allow', Action: 'sts:AssumeRole' });
  expect(flat(statement.Principal.AWS)).toBe('arn:AWS::Partition:iam::AssayAccount:root');
  expect(flat(statement.Condition.ArnLike['aws:PrincipalArn'])).toBe(
    'arn:AWS::Partition:iam::AssayAccount:role/Assay-*',
  );
});

test('the template asks for no bootstrap, so that a StackSet can roll it out', () => {
  expect(Object.keys(template.toJSON()['Parameters'])).toEqual(['AssayAccount']);
});
