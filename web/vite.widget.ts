import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** Writes manifest.json, {"app.js": "app-<hash>.js", "app.css": "app-<hash>.css"}, for the server's frame page. */
function manifest(): Plugin {
  return {
    name: "sonnim-widget-manifest",
    enforce: "post", // the stylesheet joins the bundle late
    generateBundle(_options, bundle) {
      const find = (ending: string): string => {
        const file = Object.keys(bundle).find((name) => name.endsWith(ending));
        if (!file) throw new Error(`the widget build made no ${ending}`);
        return file;
      };
      const source = JSON.stringify({ "app.js": find(".js"), "app.css": find(".css") });
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
      output: { entryFileNames: "app-[hash].js", assetFileNames: "app-[hash][extname]", codeSplitting: false },
    },
  },
});
