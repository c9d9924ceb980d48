import http from "node:http";
import { attemptHeader, callerHeader } from "./upstreams.ts";

export interface UpstreamCaller {
  /** One GET. Rejects when the connection breaks, when it takes too long, and on 5xx where those count. */
  call(url: string, options: CallOptions): Promise<void>;
  stop(): void;
}

interface CallOptions {
  readonly caller: string;
  readonly timeoutMs: number;
  readonly failsOn5xx: boolean;
  /** Further attempts after a failed one. */
  readonly retries: number;
  readonly onRetry: () => void;
}

/** Calls upstreams over kept connections, so that background traffic stays cheap. */
export function createUpstreamCaller(): UpstreamCaller {
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 16 });

  function attempt(url: string, options: CallOptions, number: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = { [callerHeader]: options.caller, [attemptHeader]: String(number) };
      const request = http.get(url, { agent, headers, timeout: options.timeoutMs }, (response) => {
        response.resume();
        response.once("error", reject);
        response.once("end", () => {
          const status = response.statusCode ?? 0;
          if (options.failsOn5xx && status >= 500) reject(new Error(`upstream answered ${status}`));
          else resolve();
        });
      });
      request.once("timeout", () => request.destroy(new Error(`no answer in ${options.timeoutMs} ms`)));
      request.once("error", reject);
    });
  }

  return {
    async call(url, options) {
      for (let number = 1; ; number++) {
        try {
          return await attempt(url, options, number);
        } catch (failure) {
          if (number > options.retries) throw failure;
          options.onRetry();
        }
      }
    },
    stop: () => agent.destroy(),
  };
}
