#!/usr/bin/env node
import { runCli } from "../dist/node/cli.js";

process.exitCode = await runCli(process.argv.slice(2), {
  out: (line) => console.log(line),
  err: (line) => console.error(line),
  onStop: (stop) => {
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  },
});
