// Builds the three front ends. The order matters: the loader goes into the folder that the widget's build has emptied.
import { fileURLToPath } from "node:url";
import { build } from "vite";

for (const part of ["console", "widget", "loader"]) {
  const configFile = fileURLToPath(new URL(`../vite.${part}.ts`, import.meta.url));
  await build({ configFile, mode: "production" });
}
