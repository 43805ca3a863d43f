import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { settingsFrom } from '../../infra/settings.ts';
import { NightStack } from '../../infra/stacks/night-stack.ts';

const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as {
  context: Record<string, unknown>;
};

/** The stack as `cdk synth` makes it, without bundling code. */
export const synthesised = (given: Readonly<Record<string, unknown>> = {}): Template =>
  synthesisedWithAssets(given).template;

/** The same, and the folder that a layer is made from. */
export function synthesisedWithAssets(given: Readonly<Record<string, unknown>>) {
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  const settings = settingsFrom((name) => given[name]);
  const template = Template.fromStack(new NightStack(app, 'Assay', settings));
  const folderOf = ({ Properties }: Resource): string =>
    join(app.synth().directory, `asset.${String(Properties.Content.S3Key).replace(/\.zip$/, '')}`);
  return { template, folderOf };
}

export interface Resource {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: a template is JSON of many shapes; tests look into it
  readonly Properties: any;
}

/** Resources of a type by logical id. */
export const resourcesOf = (template: Template, type: string): Readonly<Record<string, Resource>> =>
  template.findResources(type) as Readonly<Record<string, Resource>>;

/** JSON with each reference replaced by the logical id it points to. */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(flat).join(',');
  const [[name, inner] = ['', '']] = Object.entries(value as Record<string, unknown>);
  if (name === 'Fn::Join') return (inner as [string, unknown[]])[1].map(flat).join('');
  if (name === 'Fn::GetAtt') return String((inner as string[])[0]);
  return name === 'Ref' ? String(inner) : JSON.stringify(value);
}
