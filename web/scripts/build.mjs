// Builds the three front ends. The order matters: the loader goes into the folder that the widget's build has emptied.
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
