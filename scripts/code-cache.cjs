// Copied to dist/. From Node 22 on, Node keeps compiled code by itself, in the user's cache folder. For the older one the
// build runs the program once and keeps what V8 compiled beside each file, under the version that can read it.
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const cacheOf = (filename) => `${filename}.${process.versions.v8}.cache`;

/** Lets every further module be read from compiled code where there is some. */
function useCodeCache() {
  if (!Module.enableCompileCache) return compileFromKept();
  const { HOME = "/nonexistent", XDG_CACHE_HOME = join(HOME, ".cache") } = process.env;
  Module.enableCompileCache(join(XDG_CACHE_HOME, "cbctl", "code"));
}

/** Compiles the files of this folder from their kept code. `onCompiled` is told of every script, kept or not. */
function compileFromKept(onCompiled = () => {}) {
  const compile = Module.prototype._compile;
  Module.prototype._compile = function (content, filename, ...rest) {
    const cachedData = dirname(filename) === __dirname ? kept(filename) : undefined;
    if (cachedData === undefined && onCompiled.length === 0)
      return compile.call(this, content, filename, ...rest);
    const wrapped = `(function (exports, require, module, __filename, __dirname) {${content}\n})`;
    const script = new Script(wrapped, { filename, cachedData });
    onCompiled(script, cacheOf(filename));
    const require = (id) => this.require(id);
    return script
      .runInThisContext()
      .call(this.exports, this.exports, require, this, filename, dirname(filename));
  };
}

function kept(filename) {
  try {
    return readFileSync(cacheOf(filename));
  } catch {
    return undefined;
  }
}

module.exports = { compileFromKept, useCodeCache };
