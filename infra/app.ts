import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { settingsFrom } from './settings.ts';
import { NightStack } from './stacks/night-stack.ts';
import { ReaderRoleStack } from './stacks/reader-role-stack.ts';

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const settings = settingsFrom((name) => app.node.tryGetContext(name));
new NightStack(app, 'Assay', settings);
new ReaderRoleStack(app, 'AssayReaderRole', { readerRole: settings.readerRole, assayStack: 'Assay' });
Tags.of(app).add('system', 'assay');
