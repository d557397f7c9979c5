// Starts the components of govuk-frontend and our own; each page works without them.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";
import { watchProgress } from "./progress.js";

initAll();
document.querySelectorAll("[data-progress-url]").forEach(watchProgress);
