// Runs the command line and prints its peak resident memory at the end.
process.on('exit', () => process.stderr.write(`\npeak ${process.resourceUsage().maxRSS} kB\n`));
await import('../src/cli/main.ts');
