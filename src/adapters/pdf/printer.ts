import type { Browser } from 'puppeteer-core';
import { type PdfMeta, type PdfPrinter, PdfUnavailable } from '../../ports/pdf-printer.ts';
import { type BrowserOptions, startBrowser } from './browser.ts';
import { takeFonts } from './fonts.ts';
import { addFonts, unfold } from './in-page.ts';

/** Prints with one browser that stays open between documents. Nothing is loaded or started before the first print. */
export function chromiumPrinter(options: BrowserOptions = {}): PdfPrinter {
  let browser: Promise<Browser> | undefined;
  return {
    async print(html, meta) {
      browser ??= startBrowser(options);
      try {
        return await printWith(await browser, html, meta);
      } catch (error) {
        if (error instanceof PdfUnavailable) browser = undefined; // a later print may find one
        throw error;
      }
    },
    async close() {
      const open = browser;
      browser = undefined;
      await (await open?.catch(() => undefined))?.close();
    },
  };
}

async function printWith(browser: Browser, html: string, meta: PdfMeta): Promise<Uint8Array> {
  const { finish } = await import('./finish.ts');
  const { html: bare, fonts } = takeFonts(html);
  const page = await browser.newPage();
  try {
    await page.setOfflineMode(true); // a report loads nothing
    await page.setContent(bare, { waitUntil: 'domcontentloaded' });
    await page.evaluate(addFonts, fonts);
    await page.evaluate(unfold);
    const raw = await page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: true,
      waitForFonts: false,
    });
    return await finish(raw, meta, fonts);
  } finally {
    await page.close();
  }
}
