// Makes a process see a machine on which the package that WITHOUT_PACKAGE names is not installed.
const Module = require("node:module");
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolve(request, ...rest) {
  if (!request.startsWith(process.env.WITHOUT_PACKAGE)) return resolveFilename.call(this, request, ...rest);
  throw Object.assign(new Error(`Cannot find module '${request}'`), { code: "MODULE_NOT_FOUND" });
};
