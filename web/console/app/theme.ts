/** The face of Sonnim: celadon, persimmon for waiting alone, paper and ink; text that passes AA in both schemes. */

import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeOverride,
} from "@mantine/core";
import type { Locale } from "@sonnim/protocol";

const celadon: MantineColorsTuple = [
  "#EEF7F5", "#D9ECE8", "#B4DAD3", "#8AC6BC", "#5FAEA3", "#2F8F83", "#0F766E", "#0C625C", "#0A4F4A", "#073A37",
];
const persimmon: MantineColorsTuple = [
  "#FDF2EC", "#FBE0D3", "#F5BEA3", "#F0A27C", "#E8834F", "#D75A20", "#C2410C", "#A2360A", "#7F2B09", "#5C2007",
];
const gray: MantineColorsTuple = [
  "#F6F5F0", "#EFEEE8", "#E6E5DD", "#DAD9D0", "#C6C6BD", "#8C938D", "#5A635D", "#475049", "#333B36", "#1C2421",
];
const dark: MantineColorsTuple = [
  "#E9ECE8", "#C8CFCA", "#A9B3AD", "#7E8A84", "#3D4843", "#323C37", "#28312C", "#1A211D", "#151B18", "#0F1412",
];
const red: MantineColorsTuple = [
  "#FDF0EF", "#FADCDA", "#F3B6B2", "#EF9F99", "#E9857E", "#D5433A", "#B42318", "#961C13", "#77170F", "#57110B",
];

const COMMON = 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
export const FONTS: Record<Locale, string> = {
  ko: `Pretendard, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", ${COMMON}`,
  zh: `"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", ${COMMON}`,
  en: `${COMMON.replace(", sans-serif", "")}, "Noto Sans CJK KR", "Noto Sans CJK SC", sans-serif`,
};

export function makeTheme(locale: Locale): MantineThemeOverride {
  return createTheme({
    colors: { celadon, persimmon, gray, dark, red },
    primaryColor: "celadon",
    primaryShade: 6,
    black: "#1C2421",
    fontFamily: FONTS[locale],
    headings: { fontFamily: FONTS[locale], fontWeight: "650" },
    fontSizes: { xs: "0.78rem", sm: "0.875rem", md: "0.95rem", lg: "1.1rem", xl: "1.3rem" },
    defaultRadius: "md",
    cursorType: "pointer",
    focusRing: "auto",
    respectReducedMotion: true,
    components: {
      ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: "lg" } },
      Tooltip: { defaultProps: { openDelay: 350, withArrow: true, events: { hover: true, focus: true, touch: false } } },
      Badge: { styles: { label: { textTransform: "none" } }, defaultProps: { variant: "light" } },
      Menu: { defaultProps: { shadow: "md", withInitialFocusPlaceholder: false, returnFocus: true } },
      Modal: { defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
      Paper: { defaultProps: { bg: "var(--sonnim-panel)" } },
      Anchor: { defaultProps: { underline: "always" } },
    },
  });
}

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-body": "#FBFAF7",
    "--mantine-color-dimmed": gray[6],
    "--mantine-color-placeholder": "#66706A",
    "--mantine-color-error": red[6],
    "--mantine-color-celadon-light-color": celadon[7],
    "--mantine-color-persimmon-light-color": persimmon[7],
    "--mantine-color-gray-light-color": gray[7],
    "--mantine-color-red-light-color": red[7],
    "--sonnim-panel": "#FFFFFF",
    "--sonnim-sunken": "#F4F3EE",
    "--sonnim-line": "#E6E5DD",
    "--sonnim-selected": celadon[0],
    "--sonnim-theirs": "#F1F0EA",
    "--sonnim-ours": "#DFF0EC",
    "--sonnim-note": "#FBF1D3",
    "--sonnim-note-line": "#E9D79B",
    "--sonnim-wait-calm": persimmon[6],
    "--sonnim-wait-warm": "#A9350A",
    "--sonnim-wait-late": red[6],
    "--sonnim-accent": celadon[7],
  },
  dark: {
    "--mantine-color-dimmed": dark[2],
    "--mantine-color-placeholder": "#96A19B",
    "--mantine-color-error": red[3],
    "--mantine-color-anchor": celadon[3],
    "--mantine-color-celadon-light": "#1F3D38",
    "--mantine-color-celadon-light-hover": "#254842",
    "--mantine-color-gray-light": "#353F3A",
    "--mantine-color-gray-light-hover": "#3D4843",
    "--mantine-color-persimmon-light": "#4A2715",
    "--mantine-color-red-light": "#4A2320",
    "--mantine-color-red-light-hover": "#572A26",
    "--mantine-color-celadon-light-color": celadon[2],
    "--mantine-color-persimmon-light-color": persimmon[2],
    "--mantine-color-gray-light-color": dark[1],
    "--mantine-color-red-light-color": red[2],
    "--sonnim-panel": "#202823",
    "--sonnim-sunken": "#151B18",
    "--sonnim-line": "#313B36",
    "--sonnim-selected": "#1E3834",
    "--sonnim-theirs": "#2B3530",
    "--sonnim-ours": "#174741",
    "--sonnim-note": "#3A3219",
    "--sonnim-note-line": "#5B4E24",
    "--sonnim-wait-calm": persimmon[3],
    "--sonnim-wait-warm": persimmon[4],
    "--sonnim-wait-late": red[4],
    "--sonnim-accent": celadon[3],
  },
});
