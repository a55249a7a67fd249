import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** Writes manifest.json, {"page.js": "page-<hash>.js", …}: the server gives out nothing else. */
function manifest(): Plugin {
  return {
    name: "sonnim-forms-manifest",
    enforce: "post", // the stylesheet joins the bundle late
    generateBundle(_options, bundle) {
      const listed = Object.keys(bundle).map((file) => [file.replace(/-[^.]+\./, "."), file]);
      this.emitFile({ type: "asset", fileName: "manifest.json", source: JSON.stringify(Object.fromEntries(listed)) });
    },
  };
}

// The page of a form works without this: it is drawn on the server. The script is a module, and the style a file of its own.
export default defineConfig({
  root: fileURLToPath(new URL("forms", import.meta.url)),
  plugins: [manifest()],
  build: {
    outDir: fileURLToPath(new URL("forms/dist", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rolldownOptions: {
      input: {
        page: fileURLToPath(new URL("forms/page/page.ts", import.meta.url)),
        style: fileURLToPath(new URL("forms/page/page.css", import.meta.url)),
      },
      output: { entryFileNames: "[name]-[hash].js", assetFileNames: "page-[hash][extname]" },
    },
  },
});
