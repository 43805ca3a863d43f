import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** Paths of the files that an installation sets; null where it has none. */
export interface SettingFiles {
  readonly configuration: string | null;
  readonly exceptions: string | null;
}

/** Where a layer lies in a function. */
const mounted = '/opt/assay';

/** The setting files as a layer, byte for byte, so that the seal names the digest of the very file; a new file is a new version of the layer. */
export class SettingsLayer extends Construct {
  readonly layers: readonly LayerVersion[];
  /** Tells a function where the files lie. */
  readonly environment: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { configuration, exceptions }: SettingFiles) {
    super(scope, id);
    const files = [
      { variable: 'CONFIGURATION_FILE', name: 'configuration.yaml', path: configuration },
      { variable: 'EXCEPTIONS_FILE', name: 'exceptions.yaml', path: exceptions },
    ].filter((file): file is typeof file & { path: string } => file.path !== null);
    this.environment = Object.fromEntries(files.map(({ variable, name }) => [variable, `${mounted}/${name}`]));
    this.layers = files.length === 0 ? [] : [this.layerOf(files)];
  }

  private layerOf(files: readonly { readonly name: string; readonly path: string }[]): LayerVersion {
    const folder = mkdtempSync(join(tmpdir(), 'assay-settings-'));
    try {
      mkdirSync(join(folder, 'assay'));
      for (const { name, path } of files) copyFileSync(path, join(folder, 'assay', name));
      return new LayerVersion(this, 'Layer', {
        code: Code.fromAsset(folder), // copied at once
        description: 'Configuration and exceptions of Assay',
        compatibleRuntimes: [Runtime.NODEJS_24_X],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}
