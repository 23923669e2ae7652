// Comfort only: every page reads and decides without this file.

const units = [[86400, "d", 3600, "h"], [3600, "h", 60, "min"], [60, "min", 0, ""], [0, "s", 0, ""]];

function span(seconds) {
  const whole = Math.max(0, Math.floor(Math.abs(seconds)));
  for (const [size, name, smaller, smallerName] of units) {
    if (whole >= size) {
      if (size === 0) return `${whole} s`;
      const head = `${Math.floor(whole / size)} ${name}`;
      return smaller ? `${head} ${Math.floor((whole % size) / smaller)} ${smallerName}` : head;
    }
  }
}

let nextExpiryCheck = 0;

function tick() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-relative], time[data-countdown]")) {
    const seconds = (Date.parse(time.dateTime) - now) / 1000;
    if (time.hasAttribute("data-countdown")) {
      const left = Math.floor(seconds);
      time.textContent = left > 0 && left < 3600 ? `in ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : left > 0 ? `in ${span(left)}` : "now";
      time.classList.toggle("soon", left < 120);
      // Asked again until the server agrees: its clock decides, and it may be a little behind.
      if (left <= 0 && now >= nextExpiryCheck) {
        nextExpiryCheck = now + 5000;
        refresh();
      }
    } else {
      time.textContent = seconds > 0 ? `in ${span(seconds)}` : `${span(seconds)} ago`;
    }
  }
}

let refreshing = false;
let refreshAgain = false;

async function refresh() {
  if (refreshing) {
    refreshAgain = true;
    return;
  }
  refreshing = true;
  try {
    do {
      refreshAgain = false;
      await takeOver();
    } while (refreshAgain);
  } finally {
    refreshing = false;
  }
}

// The sign-in has ended. Signing in anew is the person's to do: at a provider that remembers them, a reload would start a session for a screen that nobody sits at.
function sayThatSignInEnded() {
  if (document.getElementById("ended")) return;
  const notice = document.createElement("div");
  notice.id = "ended";
  notice.className = "banner warn";
  notice.setAttribute("role", "alert");
  notice.textContent = "Your sign-in has ended, so this page no longer follows what happens and takes no decision. Reload it to sign in again; copy first what you wrote.";
  document.getElementById("content").prepend(notice);
}

const ticksPutAside = new Map();

// The findings themselves are sealed, so that the same one stands at the same place. A plan that takes decisions again gets its ticks back as they were left.
function takeOverTicks(fresh) {
  const theirs = fresh.querySelectorAll(".finding > div");
  document.querySelectorAll(".finding > div").forEach((finding, at) => {
    const tick = finding.querySelector("label.tick");
    const next = theirs[at]?.querySelector("label.tick");
    if (tick && !next) {
      ticksPutAside.set(finding, tick);
      tick.remove();
    } else if (next && !tick) {
      finding.append(ticksPutAside.get(finding) ?? next);
    }
  });
}

// Takes over only the marked regions, so that scroll position, open folds and what was typed stay. The decision region is left alone
// while it still offers a decision on both sides: nobody loses a half-written reason.
async function takeOver() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html", "X-InfraGate-Background": "1" }, credentials: "same-origin", redirect: "manual" });
  if (answer.type === "opaqueredirect" || answer.status === 401) {
    sayThatSignInEnded();
    return;
  }
  // A page that says what is wrong with the server says nothing about the plan.
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const region of document.querySelectorAll("[data-region]")) {
    const next = fresh.querySelector(`[data-region="${region.dataset.region}"]`);
    if (!next || region.innerHTML === next.innerHTML) continue;
    if (region.dataset.region === "decision" && region.querySelector("form.decide") && next.querySelector("form.decide")) continue;
    region.replaceChildren(...next.childNodes);
  }
  takeOverTicks(fresh);
  if (document.title !== fresh.title) document.title = fresh.title;
  watchRetype();
  tick();
}

function watchLive() {
  const live = document.querySelector("[data-live]");
  if (!live) return;
  const source = new EventSource(live.dataset.live);
  source.addEventListener("changed", () => refresh());
  // Closed for good means refused, by a sign-in that has ended or a server in trouble, which passes. A lost connection is opened again by the browser. A page that is being left loses its
  // stream as well, and is gone before it would ask why.
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => refresh().finally(() => {
      if (!document.getElementById("ended")) setTimeout(watchLive, 5000);
    }), 200);
  });
  addEventListener("pagehide", () => source.close(), { once: true });
}

// The server refuses a wrong name; this only says so earlier.
function watchRetype() {
  const field = document.querySelector("input[data-expect]");
  const button = document.querySelector("button.approve");
  const ticks = () => [...document.querySelectorAll("label.tick input")].every((box) => box.checked);
  if (!button || button.dataset.watched) return;
  button.dataset.watched = "yes";
  const check = () => {
    button.disabled = (field && field.value.trim() !== field.dataset.expect) || !ticks();
  };
  document.addEventListener("input", check);
  document.addEventListener("change", check);
  check();
}

function focusProblem() {
  document.getElementById("problem")?.scrollIntoView({ block: "center" });
}

setInterval(tick, 1000);
tick();
watchRetype();
focusProblem();
// The stream can wait until there is something to see; it knows what the page showed.
if (PerformanceObserver.supportedEntryTypes.includes("paint")) {
  new PerformanceObserver((paints, first) => {
    first.disconnect();
    watchLive();
  }).observe({ type: "paint", buffered: true });
} else {
  watchLive();
}
