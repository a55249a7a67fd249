import js from "@eslint/js";
import globals from "globals";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/dist/", "**/node_modules/", "chromium/", "protocol/src/*.d.ts"] },
  js.configs.recommended,
  tseslint.configs.strict,
  { languageOptions: { globals: globals.browser } },
  { files: ["scripts/**", "chromium/**", "*.config.*", "vite.*"], languageOptions: { globals: globals.node } },
  {
    files: ["console/**/*.{ts,tsx}"],
    plugins: { "react-hooks": reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ["**/*.{ts,tsx}"],
    rules: {
      // An index or a ref that is known to be there: the check would be code that never runs, and the widget pays per byte.
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "max-lines": ["error", { max: 400 }],
      "@typescript-eslint/consistent-type-imports": "error",
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Text is text: set textContent, or let the framework do it." },
        { property: "outerHTML", message: "Text is text: set textContent, or let the framework do it." },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "Text is text: what a shopper wrote never becomes markup.",
        },
      ],
    },
  },
  { files: ["**/*.tsx"], rules: { "max-lines": ["error", { max: 250 }] } },
);
