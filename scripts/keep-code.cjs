// Run by the build: starts cbctl as its users do, and keeps what V8 compiled meanwhile (see code-cache.cjs).
const { writeFileSync } = require("node:fs");
const { createServer } = require("node:http");
const { join } = require("node:path");

const dist = join(__dirname, "..", "dist");
const scripts = new Map();
require(join(dist, "code-cache.cjs")).compileFromKept((script, file) => scripts.set(file, script));

const breaker = {
  key_id: "key",
  provider: "provider",
  state: "open",
  failure_count: 5,
  success_count: 0,
  config: { failure_threshold: 5, success_threshold: 2, timeout: 60 },
};
const server = createServer((_, response) => response.end(JSON.stringify([breaker])));
server.listen(0, "127.0.0.1", async () => {
  const { start } = require(join(dist, "cbctl.cjs"));
  const url = `http://127.0.0.1:${server.address().port}`;
  for (const argv of [["--help"], ["status", "--system", "key-breakers", "--admin-url", url]]) {
    process.argv = [...process.argv.slice(0, 2), ...argv];
    await start(process);
  }
  server.close();
  for (const [file, script] of scripts) writeFileSync(file, script.createCachedData());
});
