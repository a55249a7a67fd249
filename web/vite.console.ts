import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const server = process.env["SONNIM_BACKEND"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  root: fileURLToPath(new URL("console", import.meta.url)),
  // The server answers every address below /console/ with index.html, except /console/assets/.
  base: "/console/",
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL("console/dist", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    assetsInlineLimit: 0, // the console's content security policy allows no data: scripts, fonts or styles
  },
  server: {
    host: "localhost",
    port: 5173,
    strictPort: true,
    // `./run dev` tells the server that this is its public address, so that its origin checks agree.
    proxy: { "^/(?!console/)": { target: server, ws: true } },
  },
});
