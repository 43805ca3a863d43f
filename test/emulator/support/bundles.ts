import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Handler } from './front.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const host = fileURLToPath(new URL('./invoke-bundle.mjs', import.meta.url));

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: FunctionProperties }>>;
}
interface FunctionProperties {
  readonly Description: string;
  readonly Code: { readonly S3Key: string };
}

/** Synthesises the CDK app and unpacks each function away from the checkout, where no package of ours can be found by chance. */
export function bundledFunctions(): ReadonlyMap<string, string> {
  const out = mkdtempSync(join(tmpdir(), 'assay-cdk-'));
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')) as { context: object };
  execFileSync(process.execPath, ['infra/app.ts'], {
    cwd: root,
    stdio: 'pipe',
    env: { ...process.env, CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  const { Resources } = JSON.parse(readFileSync(join(out, 'Assay.template.json'), 'utf8')) as Template;
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  const folders = new Map(
    functions.map(({ Properties: { Description, Code } }) => {
      const folder = mkdtempSync(join(tmpdir(), 'assay-function-'));
      cpSync(join(out, `asset.${Code.S3Key.replace(/\.zip$/, '')}`), folder, { recursive: true });
      return [Description.replace('Assay: ', ''), folder] as const;
    }),
  );
  rmSync(out, { recursive: true, force: true });
  return folders;
}

/** The handler in a bundle, each call in a process of its own with the function's environment only. */
export function bundleHandler(folder: string, environment: Readonly<Record<string, string>>): Handler {
  return async (payload) => {
    const child = spawn(process.execPath, [host, join(folder, 'index.mjs')], {
      cwd: folder,
      env: { PATH: process.env['PATH'], TMPDIR: tmpdir(), ...environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end(JSON.stringify(payload));
    const last = (await text(child.stdout)).split('\n').at(-1) ?? '';
    const { result, error } = JSON.parse(last) as { result?: unknown; error?: { name: string; message: string } };
    if (error !== undefined) throw Object.assign(new Error(error.message), { name: error.name });
    return result;
  };
}
