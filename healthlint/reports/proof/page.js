"use strict";
(() => {
  const root = document.documentElement;
  const tools = document.querySelector(".tools");
  const wide = matchMedia("screen and (min-width: 68rem)");
  const stored = (key, value) => {
    // A browser may keep nothing for a page that is a file.
    try {
      return value === undefined ? localStorage.getItem(key) : localStorage.setItem(key, value);
    } catch {
      return null;
    }
  };
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const sheets = all(".sheet");
  const notes = all(".note");
  const drawn = new Map(notes.map((note) => [note.id, []])); // what is drawn in the text for each note
  for (const part of all("[data-notes], [data-bars], [data-note]")) {
    const names = part.dataset.notes || part.dataset.bars || part.dataset.note;
    for (const name of names.split(" ")) drawn.get(name)?.push(part);
  }
  const reference = (note) => document.getElementById(`${note.id}-place`);
  let current = null;

  // Notes stand beside the line that they are on; where they are crowded, each below the one before it.
  const GAP = 10;
  function arrange(sheet) {
    const paper = sheet.querySelector(".paper");
    if (!paper || (sheet.matches("details") && !sheet.open)) return;
    paper.classList.toggle("loose", wide.matches);
    const lists = all(".notes", paper);
    const shown = lists.flatMap((list) => all(".note:not([hidden])", list));
    if (!wide.matches) {
      for (const note of all(".note", paper)) note.style.top = "";
      paper.style.minHeight = "";
      return;
    }
    const top = paper.getBoundingClientRect().top;
    const wanted = shown.map((note) => {
      const place = reference(note);
      const seen = place && place.offsetParent !== null ? place : note.closest(".row");
      return { note, at: seen.getBoundingClientRect().top - top, height: note.offsetHeight };
    });
    wanted.sort((one, other) => one.at - other.at);
    const tops = wanted.map(({ at }) => at);
    let end = 0;
    wanted.forEach(({ height }, index) => {
      tops[index] = Math.max(tops[index], end);
      end = tops[index] + height + GAP;
    });
    // The note that is read stands exactly beside its line. Those above it give way, and where there is no room for
    // them they are covered until another one is read.
    const at = wanted.findIndex(({ note }) => note === current);
    if (at >= 0) {
      tops[at] = wanted[at].at;
      let limit = tops[at];
      for (let index = at - 1; index >= 0; index -= 1) {
        limit -= wanted[index].height + GAP;
        if (tops[index] <= limit) break;
        tops[index] = Math.max(0, limit);
      }
      end = tops[at] + wanted[at].height + GAP;
      for (let index = at + 1; index < wanted.length; index += 1) {
        tops[index] = Math.max(wanted[index].at, end);
        end = tops[index] + wanted[index].height + GAP;
      }
    }
    wanted.forEach(({ note }, index) => {
      note.style.top = `${tops[index]}px`;
    });
    paper.style.minHeight = `${end}px`;
  }
  let due = 0;
  function arrangeAll() {
    cancelAnimationFrame(due);
    due = requestAnimationFrame(() => sheets.forEach(arrange));
  }

  function light(note, on, name) {
    for (const part of [note, reference(note), ...drawn.get(note.id)]) part?.classList.toggle(name, on);
  }
  function show(note, { focus = true } = {}) {
    if (current) light(current, false, "current");
    current = note;
    light(note, true, "current");
    for (let inside = note; inside; inside = inside.parentElement) {
      if (inside.matches("details") && !inside.contains(document.activeElement)) inside.open = true;
    }
    for (let inside = reference(note)?.parentElement; inside; inside = inside.parentElement) {
      if (inside.matches("details")) inside.open = true;
    }
    const sheet = note.closest(".sheet");
    arrange(sheet);
    if (focus) note.focus({ preventScroll: true });
    const place = wide.matches ? reference(note) || note : note;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    place.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    tell();
  }
  const shownNotes = () => notes.filter((note) => !note.hidden);
  function step(by) {
    const left = shownNotes();
    if (!left.length) return;
    const at = left.indexOf(current);
    const next = at < 0 ? (by > 0 ? 0 : left.length - 1) : (at + by + left.length) % left.length;
    show(left[next]);
  }

  function tell() {
    const left = shownNotes();
    const at = left.indexOf(current);
    const many = left.length === notes.length ? `${notes.length}` : `${left.length} of ${notes.length}`;
    tools.querySelector("output").textContent = at < 0 ? `${many} shown` : `${at + 1} / ${many}`;
  }
  function filter() {
    const words = tools.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const severities = new Set(all("[name=severity]:checked", tools).map((box) => box.value));
    const group = tools.elements.group.value;
    const rule = tools.elements.rule.value;
    for (const note of notes) {
      const text = words.length ? `${note.textContent} ${note.dataset.rule}`.toLowerCase() : "";
      note.hidden = !(
        severities.has(note.dataset.severity) &&
        (!group || note.dataset.group === group) &&
        (!rule || note.dataset.rule === rule) &&
        words.every((word) => text.includes(word))
      );
      const place = reference(note);
      if (place) place.hidden = note.hidden;
    }
    for (const part of new Set([...drawn.values()].flat())) {
      const names = (part.dataset.notes || part.dataset.bars || part.dataset.note).split(" ");
      const off = names.every((name) => document.getElementById(name)?.hidden);
      part.classList.toggle("off", off);
    }
    for (const sheet of sheets) sheet.classList.toggle("empty", !sheet.querySelector(".note:not([hidden])"));
    for (const whole of all(".whole")) whole.hidden = !whole.querySelector(".note:not([hidden])");
    if (current?.hidden) {
      light(current, false, "current");
      current = null;
    }
    tell();
    arrangeAll();
  }

  function theme(name) {
    if (name) root.dataset.theme = name;
  }
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  theme(stored("healthlint-theme"));

  function toHash() {
    const found = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!found) return;
    for (let inside = found; inside; inside = inside.parentElement) {
      if (inside.matches("details")) inside.open = true;
    }
    if (found.matches(".note")) show(found);
    else {
      arrangeAll();
      found.scrollIntoView({ block: found.matches(".sheet") ? "start" : "center" });
    }
  }

  document.querySelector(".settings").hidden = false;
  const button = document.getElementById("theme");
  const named = () => {
    button.textContent = isDark() ? "Light" : "Dark";
  };
  button.addEventListener("click", () => {
    theme(isDark() ? "light" : "dark");
    stored("healthlint-theme", root.dataset.theme);
    named();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", named);
  named();
  const keys = document.getElementById("keys");
  if (keys) {
    keys.checked = stored("healthlint-keys") !== "off";
    keys.addEventListener("change", () => stored("healthlint-keys", keys.checked ? "on" : "off"));
  }
  if (tools) {
    tools.hidden = false;
    tools.addEventListener("submit", (event) => event.preventDefault());
    tools.addEventListener("input", filter);
    tools.elements.group.addEventListener("change", () => {
      const rule = tools.elements.rule;
      const group = tools.elements.group.value;
      if (group && !rule.value.startsWith(`${group}/`)) rule.value = "";
      filter();
    });
    tools.elements.next.addEventListener("click", () => step(1));
    tools.elements.previous.addEventListener("click", () => step(-1));
    tools.reset(); // a browser may have kept what was chosen before
    tell();
  }

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && typing) event.target.blur();
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.target.matches?.(".why")) {
      event.preventDefault();
      toggleReason(event.target);
    }
    if (!keys?.checked) return;
    const by = { j: 1, n: 1, k: -1, p: -1 }[event.key];
    if (by) step(by);
    else if (event.key === "/") tools.elements.words.focus();
    else return;
    event.preventDefault();
  });
  // The reason stands at the end of the page once for each rule; here it opens in the note.
  for (const why of all(".why")) {
    why.setAttribute("role", "button");
    why.setAttribute("aria-expanded", "false");
  }
  function toggleReason(why) {
    const note = why.closest(".note");
    const open = why.getAttribute("aria-expanded") === "true";
    why.setAttribute("aria-expanded", String(!open));
    if (open) note.querySelector(".reason").remove();
    else {
      const reason = document.getElementById(why.getAttribute("href").slice(1)).querySelector("div").cloneNode(true);
      reason.className = "reason";
      const place = document.createElement("p");
      place.className = "code";
      place.textContent = `${note.dataset.rule}, line ${note.dataset.row}`;
      reason.append(place);
      note.append(reason);
    }
    arrangeAll();
  }
  document.addEventListener("click", (event) => {
    const why = event.target.closest?.(".why");
    if (why) {
      event.preventDefault();
      toggleReason(why);
      return;
    }
    const link = event.target.closest?.("a.reference, a.number");
    if (link) {
      const name = link.getAttribute("href").slice(1);
      const note = document.getElementById(name.replace(/-place$/, ""));
      if (link.matches(".reference")) {
        event.preventDefault();
        show(note);
      } else {
        event.preventDefault();
        show(note, { focus: false });
        reference(note)?.focus({ preventScroll: true });
      }
      return;
    }
    const part = event.target.closest?.("mark[data-notes], .arc[data-note]");
    const names = (part?.dataset.notes || part?.dataset.note || "").split(" ");
    const note = names.map((name) => document.getElementById(name)).find((one) => one && !one.hidden);
    if (note && !event.target.closest("a") && getSelection().isCollapsed) show(note);
  });
  for (const [kind, on] of [["pointerover", true], ["pointerout", false]]) {
    document.addEventListener(kind, (event) => {
      const part = event.target.closest?.(".note, [data-notes], [data-note], .reference");
      if (!part) return;
      const names = part.matches(".note") ? part.id : part.dataset.notes || part.dataset.note || part.id.replace(/-place$/, "");
      for (const name of names.split(" ")) {
        const note = document.getElementById(name);
        if (note) light(note, on, "lit");
      }
    });
  }
  document.addEventListener("toggle", arrangeAll, true);
  wide.addEventListener("change", arrangeAll);
  addEventListener("resize", arrangeAll);
  addEventListener("load", arrangeAll);
  addEventListener("hashchange", toHash);
  arrangeAll();
  if (location.hash) toHash();
})();
