/** What a shop puts into its pages so that a script of ours runs there. */

export const scriptTag = (path: string) => `<script async src="${location.origin}${path}"></script>`;
