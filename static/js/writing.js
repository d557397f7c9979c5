// The writing page: shows the server's count of words while somebody types, and keeps the draft by itself.
// It never counts. Without it the counts come with each save, and the page's two buttons keep everything.
const COUNT_AFTER = 500;
const KEEP_AFTER = 2500;
const TRY_AGAIN = 10000;
const SAY_AFTER = 1500;

const form = document.querySelector("form[data-keep-url]");
if (form) start();

function start() {
  const token = form.elements.csrfmiddlewaretoken.value;
  const seen = form.elements.seen;
  const texts = [...form.querySelectorAll("textarea")];
  const status = document.querySelector("[data-kept]");
  const said = document.querySelector("[data-words-said]");
  const place = `draft:${window.location.pathname}`;
  const counting = new Map();
  let keepTimer = 0;
  let sayTimer = 0;
  let keeping = null;
  let unsaved = false;

  function say(words) {
    if (status) status.textContent = words;
  }

  async function post(address, fields) {
    return fetch(address, {
      method: "POST",
      body: new URLSearchParams(fields),
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      credentials: "same-origin",
    });
  }

  async function told(answer) {
    const kind = answer.headers.get("Content-Type") || "";
    return !answer.redirected && kind.includes("application/json") ? answer.json() : null;
  }

  // The server's count

  async function count(text) {
    const state = counting.get(text);
    const asked = (state.asked += 1);
    let words;
    try {
      const answer = await post(form.dataset.wordsUrl, { text: text.value });
      words = answer.ok ? await told(answer) : null;
    } catch {
      return;
    }
    if (!words || asked !== state.asked) return;
    const shown = document.querySelector(`[data-words-of="${text.id}"]`);
    if (shown) shown.textContent = words.used;
    window.clearTimeout(sayTimer);
    sayTimer = window.setTimeout(() => {
      if (said) said.textContent = words.used;
    }, SAY_AFTER);
  }

  // The draft, kept by the server; what it has not acknowledged stays in this tab

  function remember() {
    const typed = Object.fromEntries(texts.map((text) => [text.name, text.value]));
    try {
      window.sessionStorage.setItem(place, JSON.stringify({ seen: seen.value, typed }));
    } catch {
      // A browser without storage still has the server's copy.
    }
  }

  function forget() {
    try {
      window.sessionStorage.removeItem(place);
    } catch {
      // Nothing was stored.
    }
  }

  function restore() {
    let stored = null;
    try {
      stored = JSON.parse(window.sessionStorage.getItem(place) || "null");
    } catch {
      return;
    }
    if (!stored || stored.seen !== seen.value) {
      forget();
      return;
    }
    const changed = texts.filter((text) => stored.typed[text.name] !== undefined && stored.typed[text.name] !== text.value);
    changed.forEach((text) => {
      text.value = stored.typed[text.name];
      count(text);
    });
    if (changed.length) {
      unsaved = true;
      say("We put back what you had typed here and not saved.");
      schedule(KEEP_AFTER);
    }
  }

  function schedule(wait) {
    window.clearTimeout(keepTimer);
    keepTimer = window.setTimeout(keep, wait);
  }

  function keep() {
    const mine = (keeping || Promise.resolve()).then(keepNow).finally(() => {
      if (keeping === mine) keeping = null;
    });
    keeping = mine;
    return mine;
  }

  async function keepNow() {
    if (!unsaved) return;
    unsaved = false;
    const fields = Object.fromEntries(texts.map((text) => [text.name, text.value]));
    let answer;
    try {
      answer = await post(form.dataset.keepUrl, { ...fields, seen: seen.value });
    } catch {
      notKept("Not saved: the portal is out of reach. Trying again.");
      return;
    }
    const words = await told(answer);
    if (answer.ok && words) {
      seen.value = words.seen;
      if (!unsaved) {
        forget();
        say(words.saved);
      } else {
        remember();
      }
    } else if (words) {
      unsaved = true;
      say(`Not saved: ${words.message}`);
    } else if (answer.status >= 500) {
      notKept("Not saved: something went wrong. Trying again.");
    } else {
      unsaved = true;
      say("Not saved: you are signed out. Press a button below to sign in; what you typed is put back here afterwards.");
    }
  }

  function notKept(words) {
    unsaved = true;
    say(words);
    schedule(TRY_AGAIN);
  }

  texts.forEach((text) => {
    counting.set(text, { timer: 0, asked: 0 });
    text.addEventListener("input", () => {
      const state = counting.get(text);
      window.clearTimeout(state.timer);
      state.timer = window.setTimeout(() => count(text), COUNT_AFTER);
      unsaved = true;
      remember();
      schedule(KEEP_AFTER);
    });
  });
  form.addEventListener("submit", (event) => {
    window.clearTimeout(keepTimer);
    if (!keeping) return;
    // A draft is on its way: the form follows it, or it would look like an older version.
    event.preventDefault();
    const button = event.submitter;
    unsaved = false;
    keeping.finally(() => form.requestSubmit(button));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && unsaved) keep();
  });
  restore();
}
