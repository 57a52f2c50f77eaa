"use strict";
(() => {
  const connection = document.getElementById("connection");
  const pause = document.getElementById("pause");
  const waiting = new Map();
  let ended = false;
  const isPaused = () => pause.getAttribute("aria-pressed") === "true";
  // What is being read or marked stays as it is until the reader goes elsewhere.
  const isInUse = (place) => {
    const selection = document.getSelection();
    return place.contains(document.activeElement)
      || (selection && !selection.isCollapsed && place.contains(selection.anchorNode));
  };
  const show = () => {
    for (const [id, html] of waiting) {
      const place = document.querySelector("#" + id + " > div");
      if (!place || isPaused() || isInUse(place)) continue;
      const scrolled = [...place.querySelectorAll(".wide")].map((part) => part.scrollLeft);
      place.innerHTML = html;
      place.querySelectorAll(".wide").forEach((part, index) => { part.scrollLeft = scrolled[index] || 0; });
      waiting.delete(id);
    }
  };
  const say = (text) => { if (connection.textContent !== text) connection.textContent = text; };
  const source = new EventSource("live");
  source.addEventListener("part", (event) => {
    const line = event.data.indexOf("\n");
    waiting.set(event.data.slice(0, line), event.data.slice(line + 1));
    show();
  });
  source.addEventListener("open", () => say("live"));
  source.addEventListener("end", () => { ended = true; source.close(); say("The run has ended."); });
  source.addEventListener("error", () => {
    if (!ended && source.readyState !== EventSource.OPEN) say("Nobody answers: the run has ended, or was stopped.");
  });
  pause.addEventListener("click", () => {
    const next = !isPaused();
    pause.setAttribute("aria-pressed", String(next));
    pause.textContent = next ? "Go on" : "Pause";
    show();
  });
  document.addEventListener("focusout", () => setTimeout(show));
  document.addEventListener("selectionchange", () => setTimeout(show));
})();
