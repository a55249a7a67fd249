import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/**
 * Writes manifest.json, {"app.js": "app-<hash>.js", "app.css": "app-<hash>.css", …}, for the server's frame page. What the
 * app fetches later is listed too: the server gives out nothing else.
 */
function manifest(): Plugin {
  return {
    name: "sonnim-widget-manifest",
    enforce: "post", // the stylesheet joins the bundle late
    generateBundle(_options, bundle) {
      const listed = Object.keys(bundle).map((file) => [file.replace(/-[^.]+\./, "."), file]);
      const source = JSON.stringify(Object.fromEntries(listed));
      this.emitFile({ type: "asset", fileName: "manifest.json", source });
    },
  };
}

// The page in the iframe: one script, one stylesheet, no second request before the greeting.
// JSX compiles for Preact: widget/tsconfig.json says so.
export default defineConfig({
  root: fileURLToPath(new URL("widget", import.meta.url)),
  base: "/static/widget/",
  plugins: [manifest()],
  build: {
    outDir: fileURLToPath(new URL("widget/dist", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: fileURLToPath(new URL("widget/app/main.tsx", import.meta.url)),
      output: {
        entryFileNames: "app-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "app-[hash][extname]",
      },
    },
  },
});
