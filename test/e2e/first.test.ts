import { expect, test } from "vitest";
import { adminServer, keyBreaker, sendJson } from "../support/admin-server.ts";
import { cbctl, json, temporaryFolder } from "../support/cbctl.ts";
import { inTerminal } from "../support/terminal.ts";

test("a reset at a terminal asks, and sends nothing on no", async () => {
  const server = await adminServer((_, response) =>
    sendJson(response, [keyBreaker("k1", "open"), keyBreaker("k2", "closed")]),
  );
  const session = inTerminal(["reset", "k1", "--system", "key-breakers", "--admin-url", server.url], {
    folder: temporaryFolder(),
  });
  await session.see("Do it?");
  session.type("n\r");
  expect(await session.ended()).toBe(4);
  expect(server.writes()).toEqual([]);
});

test("status of one server as JSON", async () => {
  const server = await adminServer((_, response) => sendJson(response, [keyBreaker("k1", "open")]));
  const ran = await cbctl(["status", "--system", "key-breakers", "--admin-url", server.url, "-o", "json"]);
  expect(ran.code).toBe(0);
  expect(json(ran)).toMatchObject({ kind: "BreakerList", summary: { total: 1, open: 1 } });
});
