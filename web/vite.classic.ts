import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin, UserConfig } from "vite";

/** Adds the script to the manifest that the app's build has written: {"bridge.js": "bridge-<hash>.js"}. */
function listed(name: string): Plugin {
  return {
    name: "sonnim-listed",
    writeBundle({ dir }, bundle) {
      const file = join(dir!, "manifest.json");
      const known = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
      writeFileSync(file, JSON.stringify({ ...known, [`${name}.js`]: Object.keys(bundle)[0] }));
    },
  };
}

/** A script of its own beside the app, for pages that know nothing of modules; built after the app, into its folder. */
export function classicScript(name: string, folder = "widget"): UserConfig {
  return {
    root: fileURLToPath(new URL(folder, import.meta.url)),
    plugins: [listed(name)],
    build: {
      outDir: fileURLToPath(new URL(`${folder}/dist`, import.meta.url)),
      emptyOutDir: false,
      target: "es2022",
      rolldownOptions: {
        input: fileURLToPath(new URL(`${folder}/${name}/${name}.ts`, import.meta.url)),
        output: { format: "iife", entryFileNames: `${name}-[hash].js` },
      },
    },
  };
}
