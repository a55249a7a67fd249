import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const files = "**/*.{test,spec}.{ts,tsx}";

export default defineConfig({
  test: {
    projects: [
      { test: { name: "protocol", root: "protocol", include: [files], environment: "happy-dom" } },
      { plugins: [react()], test: { name: "console", root: "console", include: [files], environment: "happy-dom" } },
      { test: { name: "widget", root: "widget", include: [files], environment: "happy-dom" } },
      { test: { name: "forms", root: "forms", include: [files], environment: "happy-dom" } },
      { test: { name: "embed", root: "embed", include: [files], environment: "happy-dom" } },
    ],
  },
});
