import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ReaderRoleStack } from '../../infra/stacks/reader-role-stack.ts';
import { operations } from '../../src/catalogue/operations.ts';
import { flat, resourcesOf } from './synthesised.ts';

const stack = new ReaderRoleStack(new App(), 'Role', { readerRole: 'AssayReader', assayStack: 'Assay' });
const template = Template.fromStack(stack);

test('the role reads what the operation table names in an account, and nothing else', () => {
  const [policy] = Object.values(resourcesOf(template, 'AWS::IAM::Policy'));
  const wanted = Object.values(operations)
    .filter(({ action, where }) => where !== 'organization' && action !== 'sts:AssumeRole')
    .map(({ action }) => action);
  const [statement, ...others] = policy?.Properties.PolicyDocument.Statement ?? [];
  expect({ ...statement, Action: statement.Action.toSorted() }).toEqual({
    Effect: 'Allow',
    Resource: '*',
    Action: wanted.toSorted(),
  });
  expect(others).toEqual([]);
  expect(wanted.filter((action) => !/:(Get|List|Describe|Generate)/.test(action))).toEqual([]);
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
