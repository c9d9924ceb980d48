import { expect, test } from "vitest";
import { builtinTransport } from "../../src/host/http-builtin.ts";
import { httpClient } from "../../src/host/http-exchange.ts";
import { makeCertificates } from "../support/certificates.ts";
import { serveRaw } from "../support/http-servers.ts";
import { httpContract } from "./http-contract.ts";
import { redirectContract } from "./http-redirect-contract.ts";
import { requestTo } from "./http-request.ts";
import { tlsContract } from "./http-tls-contract.ts";

const newClient = () => httpClient(builtinTransport());

httpContract("built-in", newClient);
redirectContract("built-in", newClient);
tlsContract("built-in", newClient, makeCertificates());

test("a read over a connection that the server closed meanwhile is sent again over a new one", async () => {
  let connections = 0;
  const server = await serveRaw((socket) => {
    connections += 1;
    socket.once("data", () => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      socket.once("data", () => socket.destroy());
    });
  });
  const client = newClient();
  expect(await client.exchange(requestTo(server.url))).toMatchObject({ body: "ok" });
  expect(await client.exchange(requestTo(server.url))).toMatchObject({ body: "ok" });
  expect(connections).toBe(2);
  await client.close();
  await server.close();
});
