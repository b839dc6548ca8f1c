// Starts `tandem demo` on a free port and a browser, and gives both back when the tests are done.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { chromium } from "playwright-core";

const BROWSER = process.env.TANDEM_CHROMIUM ?? "/usr/bin/chromium";

// Without these a Debian Chromium talks to the outside world, or refuses to start as root.
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Runs the demo; `address` is where it answers. */
export async function startDemo() {
  const port = await freePort();
  const started = performance.now();
  const server = spawn(binary(), ["demo", "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  await ready(server);
  return {
    address: `http://127.0.0.1:${port}`,
    startup: performance.now() - started,
    server,
    stop: () =>
      new Promise((resolve) => {
        server.once("exit", (code) => resolve(code));
        server.kill("SIGINT");
      }),
  };
}

export const startBrowser = () =>
  chromium.launch({ executablePath: BROWSER, headless: true, args: ARGUMENTS });

function binary() {
  if (process.env.TANDEM_BIN) return process.env.TANDEM_BIN;
  const target = process.env.CARGO_TARGET_DIR ?? new URL("../target", import.meta.url).pathname;
  const found = [`${target}/release/tandem`, `${target}/debug/tandem`, `${homedir()}/.cache/tandem/target/debug/tandem`];
  const path = found.find(existsSync);
  if (!path) throw new Error("no tandem binary: build it, or name it in TANDEM_BIN");
  return path;
}

/** The demo says when it is ready, in its first line. */
function ready(server) {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stdout.on("data", (data) => {
      said += data;
      if (said.includes("http://")) resolve();
    });
    server.once("exit", (code) => reject(new Error(`tandem demo stopped with code ${code}: ${said}`)));
  });
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
