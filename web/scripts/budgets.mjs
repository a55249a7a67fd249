// What a shopper's phone and an agent's browser may have to load before anything shows. Fails when a build is larger.
import { readFileSync } from "node:fs";
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

const listed = () => JSON.parse(readFileSync(join(dist("widget"), "manifest.json"), "utf8"));
const widget = (...names) => names.map((name) => join(dist("widget"), listed()[name]));
// What the app fetches when it is asked for; everything that is not one of the others.
const later = () => Object.keys(listed()).filter((name) => !/^(app|bridge|preview)\./.test(name));

const forms = () => Object.values(JSON.parse(readFileSync(join(dist("forms"), "manifest.json"), "utf8"))).map((name) => join(dist("forms"), name));

const budgets = [
  { name: "widget loader", limit: 2 * 1024, files: () => [join(dist("widget"), "loader.js")] },
  { name: "widget bridge", limit: 3 * 1024, files: () => widget("bridge.js") },
  { name: "widget app (scripts and styles)", limit: 35 * 1024, files: () => widget("app.js", "app.css") },
  { name: "widget, fetched later", limit: 4 * 1024, files: () => widget(...later()) },
  { name: "page of a form (scripts and styles)", limit: 6 * 1024, files: forms },
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
