import { fileURLToPath } from 'node:url';
import shared from '../../jest.config.mjs';

/** The suites that need the emulators. They share them, so they run one after the other. */
/** @type {import('jest').Config} */
export default {
  ...shared,
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  roots: ['<rootDir>/test/emulator'],
  testMatch: ['**/*.emulator.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  testTimeout: 60_000,
  maxWorkers: 1,
};
