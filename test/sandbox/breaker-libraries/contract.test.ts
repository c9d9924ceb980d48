import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { cockatielBreaker } from "../../../src/sandbox/breaker-libraries/cockatiel.ts";
import { opossumBreaker } from "../../../src/sandbox/breaker-libraries/opossum.ts";
import { fails, works } from "../breaker-fixture.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date", "setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

describe.each([
  { name: "opossum", make: opossumBreaker, afterOpenTime: "half_open" },
  { name: "cockatiel", make: cockatielBreaker, afterOpenTime: "open" },
])("a bare breaker of $name", ({ make, afterOpenTime }) => {
  function bare(rules: { shouldOpen?: boolean; openMs?: () => number } = {}) {
    const changes: string[] = [];
    const library = make({
      shouldOpen: () => rules.shouldOpen ?? true,
      openMs: rules.openMs ?? (() => 1000),
      changed: (to) => changes.push(to),
    });
    return { library, changes };
  }

  it("tells the outcome of a call it let through", async () => {
    const { library } = bare({ shouldOpen: false });
    expect([await library.run(works), await library.run(fails)]).toEqual(["ok", "error"]);
    expect(library.state()).toBe("closed");
  });

  it("opens when its rules say so, and turns calls away without running them", async () => {
    const { library, changes } = bare();
    await library.run(fails);
    const work = vi.fn(works);
    expect(await library.run(work)).toBe("rejected");
    expect(work).not.toHaveBeenCalled();
    expect(changes).toEqual(["open"]);
  });

  it(`is ${afterOpenTime} when the open time is over and nobody called`, async () => {
    const { library } = bare();
    await library.run(fails);
    vi.advanceTimersByTime(1000);
    expect(library.state()).toBe(afterOpenTime);
  });

  it.each([
    { trial: works, outcome: "ok", changes: ["open", "half_open", "closed"] },
    { trial: fails, outcome: "error", changes: ["open", "half_open", "open"] },
  ])("after a trial that ends in $outcome has gone through $changes", async ({ trial, outcome, changes }) => {
    const { library, changes: seen } = bare();
    await library.run(fails);
    vi.advanceTimersByTime(1000);
    expect(await library.run(trial)).toBe(outcome);
    expect(seen).toEqual(changes);
    expect(library.state()).toBe(changes.at(-1));
  });

  it("runs a trial at once, so that the caller knows whether it was let through", async () => {
    const { library } = bare();
    await library.run(fails);
    const work = vi.fn(works);
    vi.advanceTimersByTime(1000);
    void library.run(work);
    expect(work).toHaveBeenCalledTimes(1);
    expect(library.state()).toBe("half_open");
  });

  it("asks for the open time at each opening", async () => {
    const openMs = vi.fn(() => 1000);
    const { library } = bare({ openMs });
    openMs.mockReturnValue(5000);
    await library.run(fails);
    vi.advanceTimersByTime(4999);
    expect(await library.run(works)).toBe("rejected");
    vi.advanceTimersByTime(1);
    expect(await library.run(works)).toBe("ok");
  });

  it.each(["open", "half_open", "closed"])("closes by hand when %s, and works on", async (from) => {
    const { library, changes } = bare();
    if (from !== "closed") await library.run(fails);
    if (from === "half_open") {
      vi.advanceTimersByTime(1000);
      void library.run(() => new Promise(() => undefined));
    }
    expect(library.state()).toBe(from);
    library.close();
    expect(library.state()).toBe("closed");
    expect(changes.filter((to) => to === "closed")).toHaveLength(from === "closed" ? 0 : 1);
    expect(await library.run(works)).toBe("ok");
  });

  it("tells nothing and leaves no timer once stopped", async () => {
    const { library, changes } = bare();
    await library.run(fails);
    library.stop();
    vi.advanceTimersByTime(10_000);
    expect(changes).toEqual(["open"]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
