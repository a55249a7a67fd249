/* The store's basket: a list of products that this browser alone remembers. */
"use strict";
(() => {
  const KEY = "ongi-basket";
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const dialog = one("[data-basket]");
  if (!dialog) return;
  const counter = one("[data-basket-count]");
  const toast = one("[data-toast]");
  const rows = new Map(all("[data-slug]", dialog).map((row) => [row.dataset.slug, row]));
  const money = { ko: (n) => `${n.toLocaleString("ko")}원`, zh: (n) => `¥${n.toLocaleString("en")}`, en: (n) => `$${n.toLocaleString("en")}` };

  const read = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
      return Object.fromEntries(Object.entries(kept).filter(([slug, n]) => rows.has(slug) && Number.isInteger(n) && n > 0));
    } catch {
      return {}; // storage is forbidden here, or holds what we did not write
    }
  };
  let basket = read();

  const draw = () => {
    let pieces = 0;
    let total = 0;
    for (const [slug, row] of rows) {
      const n = basket[slug] ?? 0;
      row.hidden = n === 0;
      one("output", row).textContent = String(n);
      pieces += n;
      total += n * Number(row.dataset.amount);
    }
    counter.textContent = String(pieces);
    counter.hidden = pieces === 0;
    one("[data-basket-empty]", dialog).hidden = pieces > 0;
    const sum = one("[data-basket-total]", dialog);
    sum.hidden = pieces === 0;
    one("strong", sum).textContent = money[dialog.dataset.locale](total);
  };

  const change = (slug, by) => {
    const n = Math.min(99, (basket[slug] ?? 0) + by);
    if (n > 0) basket[slug] = n;
    else delete basket[slug];
    try {
      localStorage.setItem(KEY, JSON.stringify(basket));
    } catch {
      // a full or forbidden storage: the list then lives as long as the page
    }
    draw();
  };

  let hide = 0;
  const say = () => {
    toast.textContent = toast.dataset.text;
    toast.dataset.shown = "";
    counter.dataset.bump = "";
    clearTimeout(hide);
    hide = setTimeout(() => { delete toast.dataset.shown; delete counter.dataset.bump; toast.textContent = ""; }, 1800);
  };

  for (const button of all("[data-add]")) {
    button.hidden = false;
    button.addEventListener("click", () => { change(button.dataset.add, 1); say(); });
  }
  for (const [slug, row] of rows) {
    one("[data-less]", row).addEventListener("click", () => {
      change(slug, -1);
      if (row.hidden) one("[data-basket-close]", dialog).focus();
    });
    one("[data-more]", row).addEventListener("click", () => change(slug, 1));
  }
  const opener = one("[data-basket-open]");
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  one("[data-basket-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  addEventListener("storage", (event) => { if (event.key === KEY) { basket = read(); draw(); } });
  draw();
})();
