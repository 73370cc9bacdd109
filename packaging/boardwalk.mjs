#!/usr/bin/env node
// The command line where everything is built already, as in a container: boardwalk account add chief --role admin
const { main } = await import('../apps/cli/dist/main.js');
process.exitCode = await main(process.argv.slice(2));
