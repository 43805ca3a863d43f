import { takeFonts } from '../../../src/adapters/pdf/fonts.ts';
import { styleSheet } from '../../../src/reports/styles.ts';
import { templates } from '../../reports/support/templates.ts';

test('takes every embedded font out of a page and leaves the rest', () => {
  const page = `<style>${styleSheet(templates)}</style><p>text</p>`;
  const { html, fonts } = takeFonts(page);
  expect(fonts.map(({ family, weight }) => `${family} ${weight}`)).toEqual([
    'IBM Plex Sans 400',
    'IBM Plex Sans 600',
    'IBM Plex Mono 400',
  ]);
  for (const { base64 } of fonts) expect(Buffer.from(base64, 'base64').subarray(0, 4).toString()).toBe('wOFF');
  expect(html).not.toContain('@font-face');
  expect(html).toContain('<p>text</p>');
});
