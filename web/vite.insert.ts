import { defineConfig } from "vite";
import { classicScript } from "./vite.classic";

export default defineConfig(classicScript("insert", "forms"));
