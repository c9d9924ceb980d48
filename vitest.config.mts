import { defineConfig } from "vitest/config";

const after = process.env.CBCTL_AFTER !== undefined;

/** Tests in test/after look at what the others did, in a run of their own. */
export default defineConfig({
  test: {
    include: [after ? "test/after/**/*.test.ts" : "test/**/*.test.ts"],
    exclude: after ? [] : ["test/after/**"],
    testTimeout: 20_000,
    maxWorkers: 2,
  },
});
