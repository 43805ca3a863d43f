import { fileURLToPath } from 'node:url';
import { templatesOnDisk } from '../../../src/adapters/files/templates.ts';
import type { Audience, Document, ReportInput } from '../../../src/reports/input.ts';
import { renderReport } from '../../../src/reports/render.ts';

export const templates = templatesOnDisk({ templates: fileURLToPath(new URL('../../../templates', import.meta.url)) });

export async function documentsOf(audience: Audience, input: ReportInput): Promise<Document[]> {
  const documents: Document[] = [];
  for await (const document of renderReport(audience, input, templates)) documents.push(document);
  return documents;
}

export const textOf = ({ bytes }: Pick<Document, 'bytes'>): string => Buffer.from(bytes).toString('utf8');

/** The first page of a report. */
export async function firstPage(audience: Audience, input: ReportInput): Promise<string> {
  const index = (await documentsOf(audience, input)).find(({ path }) => path === 'index.html');
  if (index === undefined) throw new Error(`no index.html for ${audience}`);
  return textOf(index);
}

/** The words of a page, without styles, scripts and tags. */
export const wordsOf = (html: string): string =>
  html
    .replace(/<(style|script|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<wbr>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
