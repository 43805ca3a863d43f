import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Templates } from '../../ports/templates.ts';

export interface TemplateFolders {
  /** The folder `templates/`. */
  readonly templates: string;
  /** Folders that are searched for a font file, in order; without them the installed packages are. */
  readonly fonts?: readonly string[];
}

const fontPackages = ['@fontsource/ibm-plex-sans', '@fontsource/ibm-plex-mono'];

/** Templates, styles and fonts on disk. A Lambda bundle passes the folders that lie beside it. */
export function templatesOnDisk({ templates, fonts = installedFonts() }: TemplateFolders): Templates {
  return {
    text: (name) => readFileSync(join(templates, name), 'utf8'),
    names: (folder) => readdirSync(join(templates, folder)).sort(),
    font: (file) => firstFont(fonts, file),
  };
}

function firstFont(folders: readonly string[], file: string): Uint8Array {
  for (const folder of folders) {
    try {
      return readFileSync(join(folder, file));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  throw new Error(`no font file \`${file}\` in ${folders.map((folder) => `\`${folder}\``).join(', ')}`);
}

function installedFonts(): string[] {
  const require = createRequire(import.meta.url);
  return fontPackages.map((name) => join(dirname(require.resolve(`${name}/package.json`)), 'files'));
}
