// Loaded before a program (`node --import`): has it tell its peak resident memory on standard error when it ends.
process.on('exit', () => process.stderr.write(`\npeak ${process.resourceUsage().maxRSS} kB\n`));
