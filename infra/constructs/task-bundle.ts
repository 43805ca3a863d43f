import { type BundlingOptions, LogLevel, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/**
 * How a handler becomes a zip: esbuild on this machine, no Docker, no network. Everything goes in, the printer too: in one file esbuild
 * lifts the imports of a module that is loaded late to the top, where a package left outside would be missed at once.
 */
export const codeOnly: BundlingOptions = {
  externalModules: [],
  format: OutputFormat.ESM,
  target: 'node24',
  sourceMap: true,
  sourcesContent: false,
  minify: true,
  logLevel: LogLevel.ERROR,
  mainFields: ['module', 'main'],
  bundleAwsSDK: true, // the runtime's own is older than the calls we make, and changes under us
  banner: "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);", // CommonJS inside ESM
};

const fonts = ['ibm-plex-sans', 'ibm-plex-mono'];

/** Templates and fonts beside the code, where `src/lambda/dependencies.ts` looks for them. */
export const withTemplates: BundlingOptions = {
  ...codeOnly,
  commandHooks: {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (from, to) => [
      `cp -r ${from}/templates ${to}/templates`,
      `mkdir -p ${to}/fonts`,
      ...fonts.map(
        (font) => `cp ${from}/node_modules/@fontsource/${font}/files/*-latin-[46]00-normal.woff ${to}/fonts/`,
      ),
    ],
  },
};

/** With the printer too. The browser lies in a layer; of its package only the version is read from the disk. */
export const withPrinter: BundlingOptions = {
  ...withTemplates,
  commandHooks: {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling: (from, to) => [
      ...(withTemplates.commandHooks?.afterBundling(from, to) ?? []),
      `mkdir -p ${to}/node_modules/@sparticuz/chromium`,
      `cp -r ${from}/node_modules/@sparticuz/chromium/package.json ${from}/node_modules/@sparticuz/chromium/build ${to}/node_modules/@sparticuz/chromium/`,
    ],
  },
};
