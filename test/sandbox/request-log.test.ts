import { expect, it } from "vitest";
import { createRequestLog } from "../../src/sandbox/request-log.ts";

it("counts by method and keeps what could have written", () => {
  const log = createRequestLog();
  log.add("GET", "/a", null);
  log.add("POST", "/a/reset", "id-1");
  log.add("GET", "/a", "id-2");
  log.add("PATCH", "/a/config", null);
  expect(log.read()).toEqual({
    GET: 2,
    POST: 1,
    PATCH: 1,
    writes: [
      { method: "POST", path: "/a/reset", requestId: "id-1" },
      { method: "PATCH", path: "/a/config", requestId: null },
    ],
  });
});

it("keeps the last hundred", () => {
  const log = createRequestLog();
  for (let number = 1; number <= 130; number++) log.add("PUT", `/${number}`, null);
  const { PUT, writes } = log.read();
  expect(PUT).toBe(130);
  expect(writes).toHaveLength(100);
  expect(writes).toMatchObject([{ path: "/31" }, ...Array(98).fill({}), { path: "/130" }]);
});
