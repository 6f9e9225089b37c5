// The full editor in the place of the plain form. Without it, or without this script, the form works.
const place = document.getElementById("yasgui-editor");
const form = document.getElementById("plain-form");
const accept = "application/sparql-results+json, text/turtle, text/plain;q=0.5";
const choice = document.getElementById("question");

function fetched(address) {
  return fetch(address).then((answer) => {
    if (!answer.ok) throw new Error(`no answer from ${address}`);
    return answer.json();
  });
}

// One script of a million bytes: loaded only where it is used.
function loaded(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error("the editor could not be loaded"));
    document.head.append(script);
  });
}

function completer(yasqe, kind, name, list) {
  // Those that come with the editor ask other hosts.
  yasqe.forkAutocompleter(kind, { name, bulk: true, persistenceId: null, get: () => list });
}

// What the bundled editor leaves unsaid to a screen reader, and where it cannot be reached with keys.
function mended() {
  for (const area of place.querySelectorAll(".CodeMirror textarea")) area.ariaLabel = "Your query";
  for (const sizes of place.querySelectorAll("select.tableSizer")) sizes.ariaLabel = "Rows on a page";
  for (const text of place.querySelectorAll(".CodeMirror-scroll")) text.tabIndex = 0;
  // Its tabs hold buttons, which no list of tabs may; as links and buttons they are read rightly.
  for (const tab of place.querySelectorAll("[role^=tab]")) tab.removeAttribute("role");
  for (const tab of place.querySelectorAll("[aria-selected]:not([role])")) {
    tab.ariaCurrent = tab.ariaSelected;
    tab.removeAttribute("aria-selected");
  }
}

async function opened() {
  const [prefixes, terms] = await Promise.all([
    fetched(place.dataset.prefixes),
    fetched(place.dataset.terms),
    loaded(place.dataset.script),
  ]);
  const { Yasgui } = window;
  completer(Yasgui.Yasqe, "class", "our-classes", terms.classes);
  completer(Yasgui.Yasqe, "property", "our-properties", terms.properties);
  Yasgui.Yasqe.defaults.autocompleters = ["prefixes", "variables", "our-classes", "our-properties"];
  Yasgui.Yasqe.defaults.prefixCcApi = new URL(place.dataset.prefixes, location.href).href;
  Yasgui.Yasqe.defaults.value = document.getElementById("query").value;
  Yasgui.Yasr.defaults.prefixes = prefixes;
  const endpoint = new URL(place.dataset.endpoint, location.href).href;
  place.hidden = false;
  const yasgui = new Yasgui(place, {
    // An error is wanted as text: the editor shows it as it comes.
    requestConfig: { endpoint, method: "POST", headers: { Accept: accept } },
    copyEndpointOnNewTab: false,
    persistenceId: "councilgraph",
    endpointCatalogueOptions: { getData: () => [{ endpoint }], keys: [] },
  });
  // A link to this page brings its query along; the tabs of the last visit stay beside it.
  const asked = new URLSearchParams(location.search);
  const query = document.getElementById("query").value;
  if ((asked.has("query") || asked.has("question")) && yasgui.getTab().getQuery() !== query) {
    yasgui.addTab(true, { yasqe: { value: query }, name: asked.get("question") || "Query" });
  }
  mended();
  new MutationObserver(mended).observe(place, {
    childList: true,
    subtree: true,
    attributeFilter: ["role", "aria-selected"],
  });
  form.hidden = true;
  document.getElementById("to-plain").hidden = false;
  return yasgui;
}

// A stored query is put into the editor without leaving the page.
function choices(yasgui, queries) {
  choice.form.addEventListener("submit", (event) => {
    const stored = queries.find((one) => one.id === choice.value);
    if (!stored) return;
    event.preventDefault();
    yasgui.addTab(true, { yasqe: { value: stored.query }, name: stored.id });
  });
}

if (place) {
  opened()
    .then((yasgui) => fetched(place.dataset.queries).then((queries) => choices(yasgui, queries)))
    .catch((error) => {
      place.hidden = true;
      form.hidden = false;
      console.warn(error);
    });
}
