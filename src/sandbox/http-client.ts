import http from "node:http";

export interface HttpReply {
  readonly status: number;
  readonly body: string;
}

export interface HttpPost {
  readonly body: string | Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** One request over a connection of its own: GET, or POST where there is something to send. */
export function request(url: string, post?: HttpPost): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const method = post === undefined ? "GET" : "POST";
    const sent = http.request(
      url,
      { method, headers: post?.headers ?? {}, agent: false, timeout: 10_000 },
      (reply) => {
        let body = "";
        reply.setEncoding("utf8");
        reply.on("data", (chunk: string) => {
          body += chunk;
        });
        reply.once("error", reject);
        reply.once("end", () => resolve({ status: reply.statusCode ?? 0, body }));
      },
    );
    sent.once("timeout", () => sent.destroy(new Error(`${url}: no answer in 10 s`)));
    sent.once("error", reject);
    sent.end(post?.body);
  });
}
