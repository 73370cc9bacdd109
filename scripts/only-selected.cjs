// A filter of Jest (`--filter`, which Jest loads with `require`): of the suites that its arguments select, those that
// scripts/test.mjs decided to run.
const wanted = new Set(process.env.BOARDWALK_SUITES.split('\n'));

module.exports = (paths) => ({ filtered: paths.filter((path) => wanted.has(path)) });
