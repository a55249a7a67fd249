// Builds the front ends. The order matters: bridge, preview and loader go into the folder that the widget's build has emptied.
import { fileURLToPath } from "node:url";
import { build } from "vite";

for (const part of ["console", "worker", "widget", "bridge", "preview", "loader", "forms", "insert"]) {
  const configFile = fileURLToPath(new URL(`../vite.${part}.ts`, import.meta.url));
  await build({ configFile, mode: "production" });
}
