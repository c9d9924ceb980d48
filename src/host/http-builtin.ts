import http, { type ClientRequest, type IncomingMessage, type RequestOptions } from "node:http";
import { readAnswer } from "./http-body.ts";
import { tlsOptions } from "./http-tls-options.ts";
import { type Hop, isReading, joinHeaders, type Transport } from "./http-transport.ts";
import { lazily } from "./lazily.ts";

type Send = (url: URL, options: RequestOptions, onAnswer: (answer: IncomingMessage) => void) => ClientRequest;

const AGENT_OPTIONS = { keepAlive: true, maxSockets: 64 };

/** HTTP by the built-in client: light to load, and fast for one-shot and moderately wide work. */
export function builtinTransport(): Transport {
  const plain = { send: http.request as Send, agent: new http.Agent(AGENT_OPTIONS) };
  const agents: http.Agent[] = [plain.agent];
  const secure = lazily(async () => {
    const { newTlsAgent, requestOverTls } = await import("./http-builtin-tls.ts");
    const agent = newTlsAgent(AGENT_OPTIONS);
    agents.push(agent);
    return { send: requestOverTls, agent };
  });
  return {
    async send(hop) {
      const { send, agent } = hop.url.protocol === "https:" ? await secure() : plain;
      // A change never goes over a connection that was idle: had the server just closed it, nobody could tell what became of the change.
      const pooled = isReading(hop.method) ? await request(send, hop, agent) : null;
      const answer = pooled ?? (await request(send, hop, false));
      if (answer === null) throw new Error("a new connection cannot be stale");
      const head = { status: answer.statusCode ?? 0, headers: joinHeaders(answer.headersDistinct) };
      return readAnswer(hop, head, answer);
    },
    async close() {
      for (const agent of agents) agent.destroy();
    },
  };
}

/** Resolves with null when the pooled connection turned out to be closed by the server. */
function request(send: Send, hop: Hop, agent: http.Agent | false): Promise<IncomingMessage | null> {
  return new Promise((resolve, reject) => {
    const outgoing = send(hop.url, optionsOf(hop, agent), resolve);
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      if (outgoing.reusedSocket && error.code === "ECONNRESET") resolve(null);
      else reject(error);
    });
    outgoing.end(hop.body ?? undefined);
  });
}

function optionsOf({ method, headers, body, signal, tls }: Hop, agent: http.Agent | false): RequestOptions {
  const length = body === null ? {} : { "Content-Length": Buffer.byteLength(body) };
  return { method, headers: { ...headers, ...length }, signal, agent, ...tlsOptions(tls) };
}
