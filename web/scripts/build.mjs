// Builds every front end whose entry exists: web/dist/console, and web/widget/dist for the widget and its loader.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const web = new URL("../", import.meta.url);
const parts = { console: "console/index.html", widget: "widget/app/main.tsx", loader: "widget/loader/loader.ts" };

for (const [name, entry] of Object.entries(parts)) {
  if (!existsSync(new URL(entry, web))) {
    console.log(`${name}: no ${entry}, skipped`);
    continue;
  }
  await build({ configFile: fileURLToPath(new URL(`vite.${name}.ts`, web)), mode: "production" });
}
