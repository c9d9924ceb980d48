import { Agent, type Dispatcher, ProxyAgent, request } from "undici";
import { readAnswer } from "./http-body.ts";
import { explainFailure } from "./http-errors.ts";
import { tlsOptions } from "./http-tls-options.ts";
import { type Hop, type HopAnswer, isReading, joinHeaders, type Transport } from "./http-transport.ts";
import { type Environment, proxyFor } from "./proxy-rules.ts";

/** The deadline of an exchange covers all of it, so the client's own timers are off. */
const NO_TIMERS = { headersTimeout: 0, bodyTimeout: 0 };
const POOL = { connections: 64, pipelining: 1, ...NO_TIMERS };

/** HTTP by undici: pools of connections, proxies, client certificates. */
export function undiciTransport(env: Environment): Transport {
  const pools = new Map<string, Dispatcher>();

  function poolFor(hop: Hop, proxy: URL | null): Dispatcher {
    const key = JSON.stringify([proxy, hop.tls]);
    const pool = pools.get(key) ?? newPool(hop, proxy);
    pools.set(key, pool);
    return pool;
  }

  return {
    async send(hop) {
      const proxy = proxyFor(hop.url, env);
      try {
        // As with the built-in client, a change has a connection of its own.
        return await (isReading(hop.method)
          ? send(hop, poolFor(hop, proxy))
          : sendAlone(hop, newPool(hop, proxy)));
      } catch (error) {
        throw explainFailure(error, hop.url, proxy);
      }
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

function newPool({ tls }: Hop, proxy: URL | null): Dispatcher {
  const connect = { ...tlsOptions(tls), timeout: 0 };
  if (proxy === null) return new Agent({ ...POOL, connect });
  // Only what is encrypted needs a tunnel; many proxies refuse one to any port but 443.
  return new ProxyAgent({ ...POOL, uri: proxy.href, requestTls: connect, proxyTunnel: false });
}

async function sendAlone(hop: Hop, dispatcher: Dispatcher): Promise<HopAnswer> {
  try {
    return await send(hop, dispatcher);
  } finally {
    await dispatcher.destroy();
  }
}

async function send(hop: Hop, dispatcher: Dispatcher): Promise<HopAnswer> {
  const { method, headers, body, signal } = hop;
  const answer = await request(hop.url, {
    dispatcher,
    method: method as Dispatcher.HttpMethod,
    headers,
    body,
    signal,
  });
  return readAnswer(hop, { status: answer.statusCode, headers: joinHeaders(answer.headers) }, answer.body);
}
