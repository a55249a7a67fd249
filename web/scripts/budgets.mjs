// What a shopper's phone and an agent's browser may have to load before anything shows. Fails when a build is larger.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const web = fileURLToPath(new URL("../", import.meta.url));
const dist = (part) => join(web, part, "dist");

/** The entry's script and everything it imports before it can start: what the manifest calls `imports`, never the lazy ones. */
function initialScripts(manifest) {
  const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
  };
  visit(entry);
  return [...seen].map((key) => manifest[key].file);
}

function consoleScripts() {
  const manifest = JSON.parse(readFileSync(join(dist("console"), ".vite", "manifest.json"), "utf8"));
  return initialScripts(manifest).map((file) => join(dist("console"), file));
}

function widgetFiles() {
  const names = readdirSync(dist("widget"), { recursive: true }).filter((name) => /\.(js|css)$/.test(name));
  return names.filter((name) => name !== "loader.js").map((name) => join(dist("widget"), name));
}

const budgets = [
  { name: "widget loader", limit: 2 * 1024, files: () => [join(dist("widget"), "loader.js")] },
  { name: "widget app (scripts and styles)", limit: 30 * 1024, files: widgetFiles },
  { name: "console, initial scripts", limit: 320 * 1024, files: consoleScripts },
];

let over = 0;
for (const { name, limit, files } of budgets) {
  const size = files().reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
  const verdict = size > limit ? "TOO LARGE" : size === 0 ? "EMPTY" : "ok";
  if (verdict !== "ok") over += 1;
  console.log(`${name.padEnd(34)} ${String(size).padStart(7)} of ${String(limit).padStart(7)} bytes  ${verdict}`);
}
process.exit(over === 0 ? 0 : 1);
