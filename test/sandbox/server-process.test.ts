import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { request } from "../../src/sandbox/http-client.ts";
import { startServerProcess } from "../../src/sandbox/server-process.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "cbctl-server-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const late = `
  const [host, port] = process.argv[2].split(":");
  let asked = 0;
  require("node:http").createServer((request, response) => {
    response.statusCode = request.url === "/-/ready" && ++asked < 3 ? 503 : 200;
    response.end(String(asked));
  }).listen(Number(port), host);
`;

function start(script: string) {
  const file = path.join(folder, "server.cjs");
  writeFileSync(file, script);
  const program = { file: process.execPath, cwd: folder };
  return startServerProcess(program, (address) => [file, address], path.join(folder, "log"));
}

it("waits until the server says that it is ready", async () => {
  const server = await start(late);
  expect(await request(`${server.url}/`)).toEqual({ status: 200, body: "3" });
  await server.stop();
  await expect(request(`${server.url}/`)).rejects.toThrow("ECONNREFUSED");
});

it("says the last words of a server that does not come up", async () => {
  await expect(start('console.error("the port is haunted"); process.exit(3)')).rejects.toThrow(
    /node does not start: .*the port is haunted/,
  );
});
