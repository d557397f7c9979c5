// The marking workspace: saves by itself, moves between criteria without losing the place in the text, keys,
// quoting, tabs on a narrow screen. Without it the same page works by its buttons and links.
const AFTER_TYPING = 900;
const TRY_AGAIN = 5000;

const root = document.querySelector("[data-marking]");
if (root) start();

function start() {
  const panel = root.querySelector("[data-panel]");
  const text = root.querySelector("[data-script-text]");
  let timer = 0;
  let saving = Promise.resolve(true);
  let unsaved = false;

  const form = () => panel.querySelector("form[data-autosave]");
  const typing = (target) => target.closest("textarea, input[type=text], select, [contenteditable]");

  function say(words, waiting = false) {
    const place = panel.querySelector("[data-saved]");
    if (!place) return;
    place.textContent = words;
    place.classList.toggle("marking-status__saved--waiting", waiting);
  }

  // Saving

  function schedule(wait) {
    unsaved = true;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, wait);
  }

  function lacksReason(current) {
    const value = new FormData(current).get("value");
    return value === "0" && !String(new FormData(current).get("reason") || "").trim();
  }

  function save() {
    window.clearTimeout(timer);
    saving = saving.then(saveNow);
    return saving;
  }

  async function saveNow() {
    const current = form();
    if (!current || !unsaved) return true;
    if (current.matches("[data-mark-form]") && lacksReason(current)) {
      say("Not saved yet: say why it is 0", true);
      return false;
    }
    unsaved = false;
    say("Saving…");
    let answer;
    try {
      answer = await fetch(current.action, {
        method: "POST",
        body: new FormData(current),
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
    } catch {
      unsaved = true;
      say("Not saved: the portal is out of reach. Trying again.", true);
      timer = window.setTimeout(save, TRY_AGAIN);
      return false;
    }
    const kind = answer.headers.get("Content-Type") || "";
    if (!kind.includes("application/json")) {
      unsaved = true;
      say(
        answer.status < 500
          ? "Not saved: you are signed out. Sign in in another tab, then change this again."
          : "Not saved: something went wrong. Trying again.",
        true,
      );
      if (answer.status >= 500) timer = window.setTimeout(save, TRY_AGAIN);
      return false;
    }
    const told = await answer.json();
    if (answer.ok) {
      if (form() === current) current.elements.version.value = told.version;
      if (told.cell) showCell(current, told.cell);
      if (!unsaved) say(told.saved);
      return true;
    }
    if (answer.status === 409 && told.theirs) {
      showConflict(current, told);
      return false;
    }
    unsaved = true;
    const why = told.message || Object.values(told.errors || {}).flat().join(". ");
    say(`Not saved: ${why}`, true);
    return false;
  }

  function showCell(saved, cell) {
    const code = decodeURIComponent(saved.action.split("/marks/")[1] || "").replace(/\/$/, "");
    const link = panel.querySelector(`.marking-cell[data-criterion="${CSS.escape(code)}"]`);
    if (!link) return;
    const states = cell.state.split(" ");
    link.className = ["marking-cell", ...states.map((state) => `marking-cell--${state}`)].join(" ");
    link.querySelector(".marking-cell__sign").textContent = cell.sign;
    link.querySelector("[data-label]").textContent = cell.label;
    const cells = [...panel.querySelectorAll(".marking-cell__sign")];
    const given = cells.filter((each) => each.textContent !== "–").length;
    panel.querySelector("[data-progress]").textContent = `${given} of ${cells.length} criteria marked`;
  }

  function describe(version) {
    if ("feedback" in version) return version.feedback || "Nothing";
    const mark = version.value === null ? "Not marked" : `Mark ${version.value}, ${version.confidence}`;
    return `${mark}. ${version.reason}`;
  }

  function showConflict(current, told) {
    panel.querySelectorAll(".marking-conflict").forEach((each) => each.remove());
    const box = document.querySelector("[data-conflict-template]").content.firstElementChild.cloneNode(true);
    box.querySelector("[data-conflict-message]").textContent = told.message;
    box.querySelector("[data-theirs]").textContent = describe(told.theirs);
    box.querySelector("[data-yours]").textContent = describe(told.yours);
    box.querySelector('[data-keep="yours"]').addEventListener("click", () => {
      current.elements.version.value = told.theirs.version;
      unsaved = true;
      box.remove();
      save();
    });
    box.querySelector('[data-keep="theirs"]').addEventListener("click", () => show(window.location.href));
    current.before(box);
    say("Not saved: choose a version", true);
  }

  // Moving between criteria: only the panel changes, the text stays where it is

  async function show(address) {
    let answer;
    try {
      answer = await fetch(address, { headers: { "X-Part": "panel" }, credentials: "same-origin" });
    } catch {
      window.location.assign(address);
      return;
    }
    if (!answer.ok || answer.redirected) {
      window.location.assign(address);
      return;
    }
    unsaved = false;
    const open = new Set([...panel.querySelectorAll("[data-fold][open]")].map((each) => each.dataset.fold));
    panel.innerHTML = await answer.text();
    panel.querySelectorAll("[data-fold]").forEach((each) => {
      each.open = open.has(each.dataset.fold);
    });
    panel.scrollTop = 0;
    ready();
    panel.querySelector("[data-panel-title]")?.focus({ preventScroll: true });
  }

  async function go(address) {
    const kept = await save();
    if (!kept && unsaved) {
      const reason = panel.querySelector("#id_reason");
      if (lacksReason(form()) && reason) reason.focus();
      return;
    }
    window.history.pushState(null, "", address);
    await show(address);
  }

  function ready() {
    const keys = panel.querySelector("[data-keys]");
    if (keys) keys.hidden = false;
  }

  panel.addEventListener("change", (event) => {
    if (!event.target.closest("[data-autosave]")) return;
    schedule(event.target.type === "radio" ? 0 : AFTER_TYPING);
  });
  panel.addEventListener("input", (event) => {
    if (event.target.matches("textarea")) schedule(AFTER_TYPING);
  });
  panel.addEventListener("submit", async (event) => {
    const sent = event.target.closest("form[data-autosave]");
    if (!sent) return;
    event.preventDefault();
    const following = event.submitter?.name === "then" ? event.submitter.value : "";
    unsaved = true;
    if ((await save()) && following) {
      const link = panel.querySelector(`[data-criterion="${CSS.escape(following)}"]`);
      if (link) go(link.href);
    } else if (form() && form().matches("[data-mark-form]") && lacksReason(form())) {
      panel.querySelector("#id_reason").focus();
    }
  });
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-criterion]");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    event.preventDefault();
    go(link.href);
  });
  window.addEventListener("popstate", () => show(window.location.href));
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  // Keys, when nobody types

  const choose = {
    0: "#id_value_0",
    1: "#id_value_1",
    2: "#id_value_2",
    s: "#id_confidence_0",
    j: "#id_confidence_1",
  };
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
    const step = { n: "next", p: "previous" }[event.key];
    if (step) {
      const link = panel.querySelector(`[data-step="${step}"]`);
      if (link) {
        event.preventDefault();
        go(link.href);
      }
      return;
    }
    const input = choose[event.key] && panel.querySelector(choose[event.key]);
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    schedule(0);
    if (input.value === "0" && lacksReason(form())) panel.querySelector("#id_reason").focus();
  });

  // Quoting what is selected in the text

  let selected = "";
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!text || !selection.anchorNode || !text.contains(selection.anchorNode)) return;
    selected = selection.toString().replace(/\s+/g, " ").trim();
    const button = panel.querySelector("[data-quote]");
    if (button) button.hidden = !selected;
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-quote]");
    const reason = panel.querySelector("#id_reason");
    if (!button || !reason || !selected) return;
    reason.value = `${reason.value}${reason.value && !reason.value.endsWith("\n") ? "\n" : ""}“${selected}” `;
    button.hidden = true;
    reason.focus();
    schedule(AFTER_TYPING);
  });

  // Tabs on a narrow screen, and the list of headings that closes once used

  const tabs = [...document.querySelectorAll(".marking-tabs__tab")];
  const places = {};
  function pane(name) {
    places[root.dataset.pane] = window.scrollY;
    root.dataset.pane = name;
    tabs.forEach((tab) => {
      if (tab.dataset.pane === name) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    });
    if (name in places) window.scrollTo(0, places[name]);
  }
  tabs.forEach((tab) =>
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      pane(tab.dataset.pane);
    }),
  );
  pane("read");
  document.querySelector("[data-jump]")?.addEventListener("click", (event) => {
    if (event.target.closest("a")) event.currentTarget.open = false;
  });
  ready();
}
