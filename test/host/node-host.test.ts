import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createHost, type NodeHost } from "../../src/host/node-host.ts";

const open: NodeHost[] = [];

function host() {
  const made = createHost(process);
  open.push(made);
  return made.host;
}

afterEach(async () => {
  for (const { dispose } of open.splice(0)) await dispose();
});

test("parts are made once, on first use", () => {
  const machine = host();
  const before = process.listenerCount("SIGINT");
  expect(machine.clock).toBe(machine.clock);
  expect(machine.files).toBe(machine.files);
  expect(process.listenerCount("SIGINT")).toBe(before);
  expect(machine.signal.aborted).toBe(false);
  expect(process.listenerCount("SIGINT")).toBe(before + 1);
});

test("disposing leaves no listener behind", async () => {
  const before = process.listenerCount("SIGTERM");
  const { host: machine, dispose } = createHost(process);
  expect(machine.signal.aborted).toBe(false);
  await dispose();
  expect(process.listenerCount("SIGTERM")).toBe(before);
});

test("the package folder is the one of this repository", () => {
  expect(host().places.packageFolder).toBe(join(import.meta.dirname, "../.."));
});

test("ids are unique and in order of time, digests are SHA-256", () => {
  const machine = host();
  const ids = Array.from({ length: 1_000 }, () => machine.newId());
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id))).toBe(true);
  expect(machine.digest("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("somebody on some machine is always named", () => {
  const { name, host: machineName } = host().user;
  expect(name).not.toBe("");
  expect(machineName).not.toBe("");
});

test("a secret that was read is redacted from then on", async () => {
  const folder = mkdtempSync(join(tmpdir(), "cbctl-host-"));
  const machine = host();
  await machine.files.writeText(join(folder, "token"), "s3cr3t-value\n");
  expect(await machine.secrets.read({ file: join(folder, "token") })).toBe("s3cr3t-value");
  expect(machine.secrets.redact("token=s3cr3t-value.")).toBe("token=***.");
  rmSync(folder, { recursive: true });
});

test("it reaches a server", async () => {
  const server = createServer((_, response) => response.end("here")).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const machine = host();
  const { status, body } = await machine.http.exchange({
    method: "GET",
    url,
    headers: {},
    credentials: {},
    body: null,
    timeoutMs: 5_000,
    maxBytes: 100,
    tls: null,
    signal: machine.signal,
  });
  expect({ status, body }).toEqual({ status: 200, body: "here" });
  await machine.http.close();
  await new Promise((resolve) => server.close(resolve));
});
