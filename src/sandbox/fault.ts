import type { Behaviour } from "./behaviour.ts";
import type { Scenario } from "./scenario.ts";
import type { Upstreams } from "./upstreams.ts";

/** The scenario's fault while it lasts. */
export interface Fault {
  isOn(): boolean;
  /** Sets one upstream, or all with `*`; an unknown name changes nothing. */
  set(upstream: string, behaviour: Behaviour): number;
  /** Heals every upstream and gives back traffic and metrics. */
  end(): void;
  /** Calls the listener when it ends. */
  onEnd(listener: () => void): void;
  /** Lets the scenario's time run from now on. */
  startClock(): void;
  stop(): void;
}

export function createFault(
  scenario: Scenario,
  upstreams: Upstreams,
  names: readonly string[],
  timeScale: number,
): Fault {
  let on = true;
  const listeners: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;
  function end(): void {
    upstreams.heal();
    clearTimeout(timer);
    if (!on) return;
    on = false;
    for (const listener of listeners) listener();
  }
  return {
    isOn: () => on,
    set(upstream, behaviour) {
      const targets = names.filter((name) => upstream === "*" || upstream === name);
      for (const target of targets) upstreams.set(target, behaviour);
      return targets.length;
    },
    end,
    onEnd: (listener) => listeners.push(listener),
    startClock() {
      if (on && scenario.endsAfterMs !== null) timer = setTimeout(end, scenario.endsAfterMs / timeScale);
    },
    stop: () => clearTimeout(timer),
  };
}
