// Unpacks the browser into $TMPDIR, with the libraries that a bare machine lacks, and writes a starter that finds them.
import { chmodSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// The package unpacks its libraries only where it believes it runs as a cloud function.
process.env["AWS_EXECUTION_ENV"] = "AWS_Lambda_nodejs22.x";
const { default: chromium } = await import("@sparticuz/chromium");

const program = await chromium.executablePath();
const libraries = join(tmpdir(), "al2023", "lib");
const starter = join(tmpdir(), "start");
writeFileSync(
  starter,
  `#!/bin/sh\nLD_LIBRARY_PATH="\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}${libraries}" exec "${program}" "$@"\n`,
);
chmodSync(starter, 0o755);
