import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The console's service worker. It is built after the console, whose files it has to know, into the same folder, under a name
// without a hash: its address is what a browser knows it by.
const dist = process.env["SONNIM_CONSOLE_DIST"] ?? fileURLToPath(new URL("console/dist", import.meta.url));

interface Part {
  file: string;
  css?: string[];
  imports?: string[];
  isEntry?: boolean;
  src?: string;
}

/** What the first screen needs: the entry with what it imports, the words in each language, and their styles. */
function shell(): string[] {
  const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, "utf8")) as Record<string, Part>;
  const files = new Set<string>();
  const visit = (key: string) => {
    const part = manifest[key];
    if (!part || files.has(part.file)) return;
    files.add(part.file);
    for (const style of part.css ?? []) files.add(style);
    for (const next of part.imports ?? []) visit(next);
  };
  for (const [key, part] of Object.entries(manifest)) {
    if (part.isEntry || /^locales\/\w+\.json$/.test(part.src ?? "")) visit(key);
  }
  return [...files].sort().map((file) => `/console/${file}`);
}

const files = shell();
const page = readFileSync(`${dist}/index.html`);
const version = createHash("sha256").update(files.join()).update(page).digest("hex").slice(0, 12);

export default defineConfig({
  root: fileURLToPath(new URL("worker", import.meta.url)),
  define: { __FILES__: JSON.stringify(files), __VERSION__: JSON.stringify(version) },
  build: {
    outDir: dist,
    emptyOutDir: false,
    target: "es2022",
    lib: {
      entry: fileURLToPath(new URL("worker/sw.ts", import.meta.url)),
      formats: ["iife"],
      name: "SonnimWorker",
      fileName: () => "sw.js",
    },
  },
});
