import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";

/** Watches how much memory a child takes at most, as the kernel counts it. */
export function watchMemory(): {
  readonly onStart: (child: ChildProcess) => void;
  readonly mostMiB: () => number;
} {
  let most = 0;
  return {
    onStart(child) {
      const look = () => {
        most = Math.max(most, highWaterMiB(child.pid));
      };
      const timer = setInterval(look, 20);
      child.on("exit", () => clearInterval(timer));
    },
    mostMiB: () => most,
  };
}

function highWaterMiB(pid: number | undefined): number {
  try {
    const [, kib = "0"] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(kib) / 1024;
  } catch {
    return 0;
  }
}
