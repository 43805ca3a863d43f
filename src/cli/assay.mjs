#!/usr/bin/env node
// Where a command line starts. Plain JavaScript, so that the compile cache is on before anything whose types must be stripped is loaded: what
// is stripped once is kept, and the stripper itself (18 MB) is loaded only where a file is new or was changed.
import { enableCompileCache } from 'node:module';

enableCompileCache();
await import('./main.ts');
