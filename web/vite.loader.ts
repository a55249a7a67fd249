import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The one file that a shop's page loads. It has no hash in its name: the server reads it and puts the shop's settings in.
// It is built after the app, into the same folder, and must not empty it.
export default defineConfig({
  root: fileURLToPath(new URL("widget", import.meta.url)),
  build: {
    outDir: fileURLToPath(new URL("widget/dist", import.meta.url)),
    emptyOutDir: false,
    target: "es2020",
    lib: {
      entry: fileURLToPath(new URL("widget/loader/loader.ts", import.meta.url)),
      formats: ["iife"],
      name: "SonnimLoader",
      fileName: () => "loader.js",
    },
  },
});
