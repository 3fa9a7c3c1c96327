// Part of `digest serve`: loads the page again when the site was built anew, or could not be.
// It listens only while the page is seen: browsers allow six connections to a server, tabs have more.
const shown = document.currentScript.dataset.version;
let events = null;

function listen() {
  if (document.hidden) {
    events?.close();
    events = null;
  } else if (!events) {
    events = new EventSource("/.digest/events");
    events.onmessage = (event) => event.data === shown || location.reload();
  }
}

document.addEventListener("visibilitychange", listen);
listen();
