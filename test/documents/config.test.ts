import { describe, expect, test } from "vitest";
import { lintDocument, parseDocumentOf } from "../../src/documents/document.ts";

const HEAD = "apiVersion: cbctl.dev/v1\nkind: Config\ncontexts:\n  prod:\n    system: key-breakers\n";

function config(text: string) {
  return parseDocumentOf("Config", text, "c.yaml");
}

function problems(entry: string) {
  return lintDocument(HEAD + entry, "c.yaml").map(({ line, column, message, hint }) => [
    `${line}:${column}`,
    message,
    hint,
  ]);
}

const URL = "    instances: http://a\n";

describe("what a config means", () => {
  test("everything that the design shows is accepted", () => {
    const { currentContext, contexts } = config(`apiVersion: cbctl.dev/v1
kind: Config
current-context: prod
contexts:
  prod:
    system: key-breakers
    instances: https://ops.example.com/eu
    inputs: {prefix: /x, limit: 3, strict: true}
    auth: { bearer: { env: CB_TOKEN } }
    tls: { ca: /etc/ca.pem, serverName: ops, insecure: false }
    prometheus: { url: http://prometheus:9090, match: { env: prod } }
    alertmanager: { url: http://alertmanager:9093 }
    kubernetes: { context: prod-eu, namespace: shop, deployments: { app: updog, canary: updog-canary } }
    upstreams: { deepseek: { health: 'https://api.example.com/h?deep=1', expect: 204, statusPage: 'https://status.example.com' } }
    logs: { backend: { file: /var/log/backend/error.log } }
    metrics: { latency: 'x' }
    alerts: { flapping: { perMinute: 8 } }
    expect: [ { key: fraud-service, owner: payments } ]
    notify: { critical: [ { pagerduty: { routingKey: { env: PD_KEY } } } ], warning: [] }
    contacts: { L2: '#backend-oncall' }
    store: { file: /var/lib/cbctl/log }
    protected: true
`);
    expect(currentContext).toBe("prod");
    expect(contexts.prod).toEqual({
      system: "key-breakers",
      instances: ["https://ops.example.com/eu"],
      inputs: { prefix: "/x", limit: 3, strict: true },
      auth: { bearer: { env: "CB_TOKEN" } },
      tls: { ca: "/etc/ca.pem", serverName: "ops", insecure: false },
      prometheus: { url: "http://prometheus:9090", match: { env: "prod" } },
      alertmanager: { url: "http://alertmanager:9093" },
      upstreams: {
        deepseek: {
          health: "https://api.example.com/h?deep=1",
          expect: 204,
          statusPage: "https://status.example.com",
        },
      },
      store: { file: "/var/lib/cbctl/log" },
      protected: true,
      timeScale: 1,
    });
  });

  test("what is not written has a quiet default", () => {
    expect(config(HEAD + URL).contexts.prod).toEqual({
      system: "key-breakers",
      instances: ["http://a"],
      inputs: {},
      auth: null,
      tls: null,
      prometheus: null,
      alertmanager: null,
      upstreams: {},
      store: null,
      protected: false,
      timeScale: 1,
    });
  });

  test.each(["", "contexts:\n", "contexts: {}\ncurrent-context:\n"])(
    "a config without contexts: %j",
    (rest) => {
      expect(config(`apiVersion: cbctl.dev/v1\nkind: Config\n${rest}`)).toEqual({
        currentContext: null,
        contexts: {},
      });
    },
  );

  test.each([
    ["{bearer: {file: /run/token}}"],
    ["{bearer: {command: [vault, read, token]}}"],
    ["{basic: {user: ops, password: {env: PW}}}"],
    ["{header: {name: X-Api-Key, value: {env: KEY}}}"],
    ["{mtls: {cert: c.pem, key: k.pem}}"],
  ])("auth %s", (written) => {
    expect(problems(`${URL}    auth: ${written}\n`)).toEqual([]);
  });

  test.each([["http://127.0.0.1:8080"], ["[http://localhost:1, 'http://[::1]:2', http://127.8.9.10]"]])(
    "time is scaled in a sandbox at %s",
    (instances) => {
      const { contexts } = config(`${HEAD}    instances: ${instances}\n    sandbox: {timeScale: 60}\n`);
      expect(contexts.prod?.timeScale).toBe(60);
    },
  );

  test("a system that only Prometheus sees needs no instances", () => {
    const { contexts } = config(`${HEAD}    prometheus:
      url: https://p/prom
      auth: { basic: { user: me, password: { env: PW } } }
      tls: { ca: ca.pem }
      headers: { X-Scope-OrgID: shop }
`);
    expect(contexts.prod).toMatchObject({
      instances: [],
      prometheus: {
        url: "https://p/prom",
        auth: { basic: { user: "me", password: { env: "PW" } } },
        tls: { ca: "ca.pem" },
        headers: { "X-Scope-OrgID": "shop" },
      },
    });
  });
});

describe("what is wrong with a config", () => {
  const credentials = "name their source under auth: {basic: {user: …, password: {env: …}}}";
  const written = "say where it is: {env: NAME}, {file: PATH} or {command: [PROGRAM, …]}";
  test.each([
    [
      "credentials in a URL",
      "    instances: http://me:pw@a/b\n",
      [["6:16", "a URL must not hold credentials", credentials]],
    ],
    [
      "a user in one of several URLs",
      "    instances: [http://a, http://me@b]\n",
      [["6:27", "a URL must not hold credentials", credentials]],
    ],
    ["another protocol", "    instances: ftp://a\n", [["6:16", "must be an http or https URL", null]]],
    [
      "an address without a protocol",
      "    instances: ops:8080/x\n",
      [["6:16", "must be an http or https URL", "write http://ops:8080/x"]],
    ],
    [
      "a query, which would be lost",
      "    instances: http://a/?x=1\n",
      [["6:16", "must end with its path, without ? or #", null]],
    ],
    [
      "neither instances nor Prometheus",
      "",
      [
        [
          "4:3",
          "it does not say where the system runs",
          "add instances: URL; or prometheus: {url: …}, for a system that is read from its metrics",
        ],
      ],
    ],
    [
      "a token among the headers for Prometheus",
      `${URL}    prometheus: {url: http://p, headers: {authorization: Bearer x}}\n`,
      [
        [
          "7:43",
          "a secret is never written in the config",
          "say under prometheus: auth: where it is, such as {bearer: {env: NAME}}",
        ],
      ],
    ],
    [
      "a scaled clock where Prometheus is elsewhere",
      "    prometheus: {url: http://p}\n    sandbox: {timeScale: 60}\n",
      [["7:14", "only a sandbox on this machine may scale time", "remove it, or use loopback instances"]],
    ],
    ["an empty list of instances", "    instances: []\n", [["6:16", "must hold at least one", null]]],
    [
      "a key that nobody plans",
      `${URL}    prometeus: {url: http://p}\n`,
      [["7:5", 'unknown key "prometeus"', "did you mean prometheus?"]],
    ],
    [
      "a secret itself",
      `${URL}    auth: {bearer: eyJhbGciOi}\n`,
      [["7:20", "a secret is never written in the config", written]],
    ],
    [
      "a secret of no source",
      `${URL}    auth: {bearer: {envv: X}}\n`,
      [["7:20", "a secret is never written in the config", written]],
    ],
    [
      "a secret from two sources",
      `${URL}    auth: {bearer: {env: X, file: y}}\n`,
      [["7:20", "must have env or file, not both", null]],
    ],
    [
      "a value for the name of a variable",
      `${URL}    auth: {bearer: {env: 'my token'}}\n`,
      [["7:26", "must be the name of an environment variable", null]],
    ],
    [
      "an unknown way to sign in",
      `${URL}    auth: {baerer: {env: X}}\n`,
      [["7:11", "must have one of bearer, basic, header, mtls", "did you mean bearer?"]],
    ],
    [
      "a command as one text",
      `${URL}    auth: {bearer: {command: vault read}}\n`,
      [["7:30", 'must be a list, not "vault read"', null]],
    ],
    [
      "a scaled clock elsewhere",
      `${URL}    sandbox: {timeScale: 60}\n`,
      [["7:14", "only a sandbox on this machine may scale time", "remove it, or use loopback instances"]],
    ],
    [
      "a clock that runs slower",
      "    instances: http://localhost\n    sandbox: {timeScale: 0}\n",
      [["7:26", "must be at least 1", null]],
    ],
    ["a word for a flag", `${URL}    protected: yes\n`, [["7:16", 'must be true or false, not "yes"', null]]],
  ])("%s", (_, entry, expected) => {
    expect(problems(entry)).toEqual(expected);
  });

  test("a current context that is not there is a warning, so that --context still works", () => {
    const text = `${HEAD}${URL}current-context: prdo\n`;
    expect(lintDocument(text, "c.yaml")).toEqual([
      {
        file: "c.yaml",
        line: 7,
        column: 18,
        field: "current-context",
        severity: "warning",
        message: 'there is no context "prdo"',
        hint: "did you mean prod?",
      },
    ]);
    expect(config(text).currentContext).toBe("prdo");
  });

  test("a secret is not quoted in what is said about it", () => {
    expect(JSON.stringify(lintDocument(`${HEAD}${URL}    auth: {bearer: s3cr3t}\n`, "c.yaml"))).not.toContain(
      "s3cr3t",
    );
  });
});
