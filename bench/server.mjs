import { createServer } from "node:http";

/** A loopback server that answers at once with so many breakers in the dialect of `key-breakers`. */
export async function startServer(count) {
  const body = JSON.stringify(Array.from({ length: count }, (_, index) => breaker(index)));
  const server = createServer((_, response) =>
    response.setHeader("Content-Type", "application/json").end(body),
  );
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function breaker(index) {
  const open = index % 10 === 0;
  return {
    key_id: `key-${index}`,
    provider: index % 2 === 0 ? "deepseek" : "perplexity",
    state: open ? "open" : "closed",
    failure_count: open ? 5 : 0,
    success_count: 0,
    config: { failure_threshold: 5, success_threshold: 2, timeout: 60 },
  };
}
