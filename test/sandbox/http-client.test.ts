import { afterEach, beforeEach, expect, it } from "vitest";
import { request } from "../../src/sandbox/http-client.ts";
import { type RunningServer, startServer } from "../../src/sandbox/http-server.ts";

let server: RunningServer;
beforeEach(async () => {
  server = await startServer((received, response) => {
    if (received.url === "/broken") {
      received.socket.destroy();
      return;
    }
    received.pipe(response.writeHead(201, { "x-method": String(received.method) }));
  });
});
afterEach(() => server.stop());

it("gets", async () => {
  expect(await request(`${server.url}/`)).toEqual({ status: 201, body: "" });
});

it.each(["höher", Buffer.from("höher")])("posts %o", async (body) => {
  expect(await request(`${server.url}/`, { body, headers: {} })).toEqual({ status: 201, body: "höher" });
});

it("rejects where the connection breaks or there is none", async () => {
  await expect(request(`${server.url}/broken`)).rejects.toThrow("socket hang up");
  await server.stop();
  await expect(request(server.url)).rejects.toThrow("ECONNREFUSED");
});
