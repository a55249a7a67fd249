/** A code to scan, drawn as one path. */

import qrcode from "qrcode-generator";
import { useMemo } from "react";

const SIZE = 176;

export function QrCode({ text, label }: { text: string; label: string }) {
  const { path, modules } = useMemo(() => {
    const code = qrcode(0, "M");
    code.addData(text);
    code.make();
    const count = code.getModuleCount();
    const cells: string[] = [];
    for (let row = 0; row < count; row++) {
      for (let column = 0; column < count; column++) {
        if (code.isDark(row, column)) cells.push(`M${column} ${row}h1v1h-1z`);
      }
    }
    return { path: cells.join(""), modules: count };
  }, [text]);
  return (
    <svg width={SIZE} height={SIZE} viewBox={`0 0 ${modules} ${modules}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <path d={path} fill="#1C2421" />
    </svg>
  );
}
