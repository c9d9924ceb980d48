import { describe, expect, it } from "vitest";
import { API_VERSION, type InstanceList } from "../../../src/domain/answers.ts";
import { viewInstanceList } from "../../../src/views/text/instance-list.ts";
import {
  OBSERVED_AT,
  OPENED,
  PARTLY_READ,
  PIPED,
  reading,
  TERMINAL_80,
  TERMINAL_140,
  textOf,
} from "../samples.ts";

const LIST: InstanceList = {
  apiVersion: API_VERSION,
  kind: "InstanceList",
  context: "shop",
  system: "key-breakers",
  observedAt: OBSERVED_AT,
  summary: PARTLY_READ.summary,
  errors: PARTLY_READ.errors,
  instances: [
    {
      instance: "shop-1",
      url: "http://shop-1:8080",
      breakers: [OPENED, reading("b", "closed")],
      error: null,
    },
    { instance: "shop-2", url: "http://shop-2:8080", breakers: [], error: null },
    { instance: "shop-3", url: "http://shop-3:8080", breakers: [], error: PARTLY_READ.errors[0] ?? null },
  ],
};

describe("viewInstanceList", () => {
  it("shows each instance with its own breakers; one that could not be read is a row too", () => {
    expect(textOf(viewInstanceList(LIST, TERMINAL_140))).toMatchInlineSnapshot(`
      "shop · key-breakers · 2 breakers: 1 open, 1 unknown (2 not alike on all instances)
      ┌──────────┬──────────┬─────────────────────┬───────┬────────┬──────────┬─────────────────────────────────────────────────────┐
      │ STATE    │ INSTANCE │ BREAKER             │ SINCE │ NEXT   │ FAILURES │ REASON                                              │
      ├──────────┼──────────┼─────────────────────┼───────┼────────┼──────────┼─────────────────────────────────────────────────────┤
      │ ✖ open   │ shop-1   │ deepseek/deepseek-1 │ 3m20s │ in 12s │     5/20 │ 5 failures in a row                                 │
      │ ● closed │ shop-1   │ b                   │ -     │ -      │     0/20 │ -                                                   │
      │ -        │ shop-2   │ -                   │ -     │ -      │        - │ no breakers                                         │
      │ ! unread │ shop-3   │ -                   │ -     │ -      │        - │ cannot reach http://shop-3:8080: connection refused │
      └──────────┴──────────┴─────────────────────┴───────┴────────┴──────────┴─────────────────────────────────────────────────────┘"
    `);
  });

  it("keeps the unread instance where it is piped", () => {
    expect(textOf(viewInstanceList(LIST, PIPED))).toMatchInlineSnapshot(`
      "STATE     INSTANCE  BREAKER              SINCE                     NEXT                      FAILURES  REASON
      ✖ open    shop-1    deepseek/deepseek-1  2026-05-04T09:56:40.000Z  2026-05-04T10:00:12.000Z      5/20  5 failures in a row
      ● closed  shop-1    b                    -                         -                             0/20  -
      -         shop-2    -                    -                         -                                -  no breakers
      ! unread  shop-3    -                    -                         -                                -  cannot reach http://shop-3:8080: connection refused"
    `);
  });

  it("gives a row that has only words as many cells as the others when wide", () => {
    const [head, , , empty] = viewInstanceList(LIST, { ...PIPED, wide: true });
    expect(empty?.split(/ {2,}/).length).toBe(head?.split(/ {2,}/).length);
    expect(empty).toMatch(/^- .* no breakers /);
  });

  it("says that there are none", () => {
    expect([...viewInstanceList({ ...LIST, instances: [] }, TERMINAL_80)].at(-1)).toBe("no instances");
  });
});
