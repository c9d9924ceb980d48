import { describe, expect, it } from "vitest";
import { API_VERSION, type ContextDetails, type ContextList } from "../../../src/domain/answers.ts";
import { viewContextDetails, viewContextList } from "../../../src/views/text/context.ts";
import { PIPED, TERMINAL_140, textOf } from "../samples.ts";

const PROD = {
  name: "prod",
  current: true,
  system: "key-breakers",
  instances: ["http://shop-1:8080", "http://shop-2:8080"],
  prometheus: "http://prometheus:9090",
  protected: true,
};
const DEV = { ...PROD, name: "dev", current: false, instances: [], prometheus: null, protected: false };

describe("viewContextList", () => {
  const list: ContextList = {
    apiVersion: API_VERSION,
    kind: "ContextList",
    file: "/home/ana/config.yaml",
    contexts: [PROD, DEV],
  };

  it("marks the one that is meant when none is named", () => {
    expect(textOf(viewContextList(list, TERMINAL_140))).toMatchInlineSnapshot(`
      "┌─────────┬──────┬──────────────┬────────────────────────────────────────┬────────────────────────┬───────────┐
      │ CURRENT │ NAME │ SYSTEM       │ INSTANCES                              │ PROMETHEUS             │ PROTECTED │
      ├─────────┼──────┼──────────────┼────────────────────────────────────────┼────────────────────────┼───────────┤
      │ *       │ prod │ key-breakers │ http://shop-1:8080, http://shop-2:8080 │ http://prometheus:9090 │ yes       │
      │ -       │ dev  │ key-breakers │ -                                      │ -                      │ no        │
      └─────────┴──────┴──────────────┴────────────────────────────────────────┴────────────────────────┴───────────┘"
    `);
    expect(textOf(viewContextList(list, PIPED))).toMatchInlineSnapshot(`
      "CURRENT  NAME  SYSTEM        INSTANCES                               PROMETHEUS              PROTECTED
      *        prod  key-breakers  http://shop-1:8080, http://shop-2:8080  http://prometheus:9090  yes
      -        dev   key-breakers  -                                       -                       no"
    `);
  });

  it.each([
    { file: "/home/ana/config.yaml", line: "no contexts in /home/ana/config.yaml" },
    { file: null, line: "no contexts" },
  ])("says where there are none: $file", ({ file, line }) => {
    expect([...viewContextList({ ...list, file, contexts: [] }, PIPED)]).toEqual([line]);
  });
});

describe("viewContextDetails", () => {
  const details: ContextDetails = {
    ...PROD,
    apiVersion: API_VERSION,
    kind: "Context",
    file: "/home/ana/config.yaml",
    auth: "bearer from environment variable CB_TOKEN",
    alertmanager: null,
    inputs: { tenant: "eu", retries: 3 },
    upstreams: ["deepseek", "claude"],
    store: "/home/ana/.local/state/cbctl/log",
  };

  it("shows everything, an instance a line", () => {
    expect(textOf(viewContextDetails(details, PIPED))).toMatchInlineSnapshot(`
      "name          prod (current)
      file          /home/ana/config.yaml
      system        key-breakers
      instance      http://shop-1:8080
      instance      http://shop-2:8080
      inputs        tenant=eu retries=3
      credentials   bearer from environment variable CB_TOKEN
      prometheus    http://prometheus:9090
      alertmanager  -
      upstreams     deepseek, claude
      store         /home/ana/.local/state/cbctl/log
      protected     yes: a change wants --reason and the context's name"
    `);
  });

  it("says what is not set", () => {
    const bare = { ...details, ...DEV, auth: null, inputs: {}, upstreams: [], file: null };
    const lines = [...viewContextDetails(bare, PIPED)];
    expect(lines).toContain("credentials   -");
    expect(lines).toContain("protected     no");
    expect(lines).toContain("name          dev");
    expect(lines.filter((line) => line.startsWith("instance"))).toEqual([]);
  });
});
