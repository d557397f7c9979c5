// Long work: asks the server how far it is and shows that in words and in the bar; leads on when it is done.
// The address answers {"percent": 0-100 or null, "text": "...", "done": true or false, "url": "where next or empty"}.
const FIRST_WAIT = 700;
const LONGEST_WAIT = 5000;

export function watchProgress(box) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[data-progress-text]");
  let wait = FIRST_WAIT;

  async function ask() {
    try {
      const answer = await fetch(box.dataset.progressUrl, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const state = await answer.json();
      if (bar && Number.isFinite(state.percent)) bar.value = state.percent;
      if (words && state.text && words.textContent !== state.text) words.textContent = state.text;
      if (state.done) {
        window.location.assign(state.url || window.location.href);
        return;
      }
    } catch {
      if (words) words.textContent = "We cannot reach the portal just now. Your work goes on; trying again.";
    }
    wait = Math.min(wait * 1.3, LONGEST_WAIT);
    window.setTimeout(ask, wait);
  }

  window.setTimeout(ask, wait);
}
